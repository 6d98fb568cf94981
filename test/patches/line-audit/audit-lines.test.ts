/** Every added and removed line of a patch ends in one fate, and a loss is never silent. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { auditLines, linesOf } from "../../../src/patches/line-audit/audit-lines.js";
import { parseDiff } from "../../../src/patches/text/parse-diff.js";

function diffOf(lines: readonly string[]) {
  const [old, next] = ["+", "-"].map((other) => lines.filter((line) => !line.startsWith(other)).length);
  return parseDiff(`--- a/a.c\n+++ b/a.c\n@@ -1,${old} +1,${next} @@\n${lines.map((line) => `${line}\n`).join("")}`, "a.patch");
}

const nowhere = () => undefined;

function fates(old: readonly string[], next: readonly string[], base: readonly string[] = [], explanation: string | null = null): string[] {
  return auditLines({
    old: diffOf(old),
    next: next.length === 0 ? [] : diffOf(next),
    base: new Set(base),
    explanation,
    elsewhere: nowhere,
  }).map(({ fate }) => fate);
}

describe("a line of a patch", () => {
  it("is present when the ported patch has it, as often as that has it", () => {
    expect(fates(["+a", "+a", " c"], ["+a", " x"])).toEqual(["present", "lost"]);
  });
  it("is upstreamed when the new base has what it adds, or lacks what it removes", () => {
    expect(fates(["+a", "-b", " c"], [], ["a"])).toEqual(["upstreamed", "upstreamed"]);
    expect(fates(["-b", " c"], [], ["b"])).toEqual(["lost"]);
  });
  it("is explained where only white space is different, where it says nothing, where somebody said why", () => {
    expect(fates(["+  f(a, b);", "+}", "+gone", " c"], ["+f(a,b);", " x"])).toEqual(["explained", "explained", "lost"]);
    expect(fates(["+gone", " c"], [], [], "not needed")).toEqual(["explained"]);
  });
  it("is explained where a longer line of the ported patch has it", () => {
    expect(fates(["+f(a);", " c"], ["+if (b) f(a);", " x"])).toEqual(["explained"]);
  });
  it("counts once, whatever the patches", () => {
    const line = fc.tuple(fc.constantFrom("+", "-", " "), fc.constantFrom("a", "b", "c d", "{", "")).map(([sign, text]) => sign + text);
    const patch = fc.array(line, { minLength: 1, maxLength: 8 }).filter((lines) => lines.some((one) => !one.startsWith(" ")));
    fc.assert(
      fc.property(patch, patch, fc.subarray(["a", "b", "c d"]), (old, next, base) => {
        const audited = auditLines({ old: diffOf(old), next: diffOf(next), base: new Set(base), explanation: null, elsewhere: nowhere });
        expect(audited.map(({ sign, line: text }) => sign + text)).toEqual(linesOf(diffOf(old)).map(({ sign, line: text }) => sign + text));
        expect(audited.filter(({ fate }) => fate === "present").length).toBeLessThanOrEqual(linesOf(diffOf(next)).length);
      }),
    );
  });
  it("of a patch that was not changed is present", () => {
    expect(fates(["+a", "-b", " c", "+}"], ["+a", "-b", " c", "+}"])).toEqual(["present", "present", "present"]);
  });
});
