import { execFileSync } from "node:child_process";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { beginsWithVersion, compareDebianVersions, upstreamVersion } from "../../src/sources/debian-version.js";
import { hasCommand } from "./helpers/workbench.js";

const piece = fc.constantFrom("0", "1", "9", "10", "00", "a", "b", "Z", ".", "+", "~", "~~", "rc");
const version = fc
  .tuple(fc.constantFrom("", "0:", "1:"), fc.array(piece, { maxLength: 6 }), fc.constantFrom("", "-1", "-1~deb11u1", "-10", "-0"))
  .map(([epoch, pieces, revision]) => `${epoch}1${pieces.join("")}${revision}`);

describe("order of Debian versions", () => {
  it.skipIf(!hasCommand("dpkg"))("is dpkg's (skipped when dpkg is not installed)", () => {
    const script =
      'while [ $# -gt 1 ]; do if dpkg --compare-versions "$1" lt "$2"; then echo -1; elif dpkg --compare-versions "$1" eq "$2"; then echo 0; else echo 1; fi; shift 2; done';
    const pairs = fc.sample(fc.tuple(version, version), { numRuns: 300, seed: 7 });
    const answers = execFileSync("sh", ["-c", script, "sh", ...pairs.flat()], { encoding: "utf8" })
      .trim()
      .split("\n")
      .map(Number);
    expect(pairs.map(([a, b]) => [a, b, Math.sign(compareDebianVersions(a, b))])).toEqual(
      pairs.map(([a, b], index) => [a, b, answers[index]]),
    );
  });

  it("puts 150.0.7871.181 after 150.0.7871.100 and a tilde before the end", () => {
    expect(compareDebianVersions("150.0.7871.181-1~deb12u1", "150.0.7871.100-1~deb12u1")).toBeGreaterThan(0);
    expect(compareDebianVersions("1.0~rc1", "1.0")).toBeLessThan(0);
  });

  it("is antisymmetric", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareDebianVersions(a, b)) + Math.sign(compareDebianVersions(b, a))).toBe(0);
      }),
    );
  });
});

describe("a version that begins with the asked one", () => {
  it.each([
    ["120.0.6099.224-1~deb11u1", "120", true],
    ["120.0.6099.224-1~deb11u1", "120.0.6099", true],
    ["120.0.6099.224-1~deb11u1", "120.0.6099.22", false],
    ["1200.1-1", "120", false],
    ["115.15.0esr-1", "115.15.0", true],
    ["0~git20230105-1", "0~git2023", false],
    ["1:2.3-4", "2.3", true],
  ])("%s begins with %s: %s", (full, asked, answer) => {
    expect(beginsWithVersion(full, asked)).toBe(answer);
  });
});

it("the upstream part has neither epoch nor revision", () => {
  expect(upstreamVersion("1:120.0-beta-1~deb11u1")).toBe("120.0-beta");
});
