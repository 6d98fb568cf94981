import { describe, expect, it } from "vitest";

import { noCounts } from "../../../src/isolate/prove/ledger.js";
import { renderProofMarkdown } from "../../../src/isolate/prove/render-markdown.js";
import { renderProof, shownNames } from "../../../src/isolate/prove/render-text.js";
import { isProven, runResult } from "../../../src/isolate/prove/run-result.js";
import { noNamePairs } from "../../../src/isolate/prove/consistency.js";
import { uncompared } from "../../../src/isolate/prove/unit-result.js";
import type { IsolationProof, UnitProof } from "../../../src/model/isolation-prove.js";

const NOWHERE = { section: ".text", before: 4, after: 4, lines: [{ file: "a.cc", line: 7 }], assembly: null };
const UNITS: readonly UnitProof[] = [
  { ...uncompared("b.cc", "names"), bytes: { before: { ...noCounts(), identical: 1200 }, after: { ...noCounts(), identical: 1200 } } },
  {
    ...uncompared("a.cc", "different"),
    differences: [{ ...NOWHERE, kind: "relocation", symbol: "_ZN5meter1fEv", what: "its target _ZN5meter1gEv became _ZN5meter1hEv" }],
  },
  uncompared("c.cc", "not-compiled", "error: no"),
];

function proofOf(units: readonly UnitProof[]): IsolationProof {
  const run = runResult({ compiler: "g++", version: "gcc 12.2.0", flags: ["-O2"] }, units, noNamePairs());
  return { format: 1, flavor: "legacy", from: "compile database", proven: isProven(run, false), runs: [run] };
}

describe("the proof in words", () => {
  it("says how many units are proven, then what is not, with names as people write them", () => {
    const proof = proofOf(UNITS);
    const names = new Map(shownNames(proof).map((name) => [name, name.replace(/_ZN5meter1(.)Ev/, "meter::$1()")]));
    const text = renderProof(proof, { color: false, width: 100, verbose: false, names });
    expect(text.split("\n")[0]).toBe("✖ g++ (gcc 12.2.0) -O2: 1 of 3 units: identical but for names (1 outright)");
    expect(text).toContain("relocation: meter::f() at 0x4: its target meter::g() became meter::h()\n      a.cc:7");
    expect(text).toContain("✖ c.cc: do not compile on either side\n    error: no");
    expect(proof.proven).toBe(false);
  });

  it("is the same in whatever order the units come", () => {
    expect(proofOf(UNITS)).toEqual(proofOf(UNITS.toReversed()));
  });

  it("is a table in Markdown, with what is not proven below", () => {
    const text = renderProofMarkdown(proofOf(UNITS));
    expect(text).toContain("| g++ (gcc 12.2.0) -O2 | 3 | 1 | 0 | 0 | 0 | 2 |");
    expect(text).toContain("- g++ (gcc 12.2.0) -O2: `c.cc`: not-compiled");
  });

  it("is no proof without a unit, and one with units that nobody compiles only when that is allowed", () => {
    expect(proofOf([]).proven).toBe(false);
    const some = UNITS.filter(({ status }) => status !== "different");
    expect(proofOf(some).proven).toBe(false);
    const [run] = proofOf(some).runs;
    expect(run !== undefined && isProven(run, true)).toBe(true);
  });
});
