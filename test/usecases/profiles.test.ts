/** Owns the claims about callgrind's profiles. */
import { describe, expect, test } from "vitest";

import { changedFunctions } from "../../src/usecases/callgrind/compare-profiles.js";
import { parseProfile } from "../../src/usecases/callgrind/parse-profile.js";

const PROFILE = `# callgrind format
version: 1
events: Ir

fl=(1) gain.cc
fn=(1) gain_legacy::Apply(float*, int)
12 100
+2 50
cfn=(2) sqrtf
calls=3 20
+1 900
fn=(2)
20 900
fn=(1)
* 7

totals: 1057
`;

describe("a profile", () => {
  test("gives each function its own instructions, without those of what it calls", () => {
    const { total, functions } = parseProfile(PROFILE, "a.profile");
    expect(total).toBe(1057);
    expect([...functions]).toEqual([
      ["gain_legacy::Apply(float*, int)", 157],
      ["sqrtf", 900],
    ]);
    expect([...functions.values()].reduce((sum, each) => sum + each, 0)).toBe(total);
  });

  test("that is none is refused by name", () => {
    expect(() => parseProfile("hello\n", "b.profile")).toThrow(/b\.profile/);
  });
});

describe("two profiles", () => {
  test("are compared under the names that both flavors share, the greatest loss first", () => {
    const legacy = parseProfile(PROFILE, "a");
    const latest = parseProfile(PROFILE.replaceAll("_legacy", "_latest").replace("12 100", "12 200"), "b");
    expect(changedFunctions(legacy, latest, 0.1)).toEqual([
      { name: "gain::Apply(float*, int)", legacy: 157, latest: 257, percentOfRun: expect.closeTo(9.46, 2) },
    ]);
  });

  test("hold functions that only one has, and those of less than the least are left out", () => {
    const legacy = parseProfile(PROFILE, "a");
    const latest = parseProfile(PROFILE.replace("(2) sqrtf", "(2) fastsqrt").replace("+2 50", "+2 51"), "b");
    expect(changedFunctions(legacy, latest, 0.1).map(({ name, legacy: one, latest: other }) => [name, one, other])).toEqual([
      ["fastsqrt", 0, 900],
      ["sqrtf", 900, 0],
    ]);
  });
});
