import { describe, expect, it } from "vitest";

import { symbolizedSummary, flavorColumn } from "../../../src/report/symbolized.js";
import { flavorCounts } from "../../../src/shim/symbolize/stacks.js";

function countsOf(lines: readonly (readonly [string, ...string[]])[]) {
  const counts = flavorCounts();
  for (const [line, ...flavors] of lines) counts.add(line, flavors);
  return counts;
}

describe("the flavors of a text", () => {
  it("are counted for each stack, innermost first", () => {
    const counts = countsOf([["error"], ["a", "latest"], ["b", "legacy", "latest"], ["c"], [" \r\n"], ["log"], [""], ["d", "legacy"]]);
    expect(counts.stacks()).toEqual([
      {
        firstLine: 1,
        lastLine: 4,
        flavors: [
          { flavor: "latest", lines: 2 },
          { flavor: "legacy", lines: 1 },
        ],
      },
      { firstLine: 8, lastLine: 8, flavors: [{ flavor: "legacy", lines: 1 }] },
    ]);
    expect([counts.linesOf("legacy"), counts.linesOf("latest"), counts.linesOf("other")]).toEqual([2, 2, 0]);
  });

  it("stand in a column as wide as the widest", () => {
    const column = flavorColumn(["old", "newest"]);
    expect([column(["old"]), column(["newest"]), column(["old", "newest"]), column([])]).toEqual([
      "old    ",
      "newest ",
      "both   ",
      "       ",
    ]);
  });

  it("are summed up, with the release where it is known", () => {
    const flavors = [
      { name: "legacy", release: "M120", lines: 1, exact: false },
      { name: "latest", release: null, lines: 2, exact: false },
    ];
    const stack = {
      firstLine: 1,
      lastLine: 3,
      flavors: [
        { flavor: "latest", lines: 2 },
        { flavor: "legacy", lines: 1 },
      ],
    };
    expect(symbolizedSummary({ flavors, stacks: [stack] })).toEqual(["legacy (M120): 1 line, latest: 2 lines"]);
    expect(symbolizedSummary({ flavors, stacks: [stack, stack] })[1]).toBe("lines 1 to 3: latest in 2 lines, then legacy in 1 line");
    expect(symbolizedSummary({ flavors, stacks: Array.from({ length: 22 }, () => stack) }).at(-1)).toBe("and 2 further stacks");
    const none = flavors.map((flavor) => Object.assign({}, flavor, { lines: 0 }));
    expect(symbolizedSummary({ flavors: none, stacks: [] })).toEqual(["no name of a flavor was found (…_legacy, …_latest)"]);
  });
});
