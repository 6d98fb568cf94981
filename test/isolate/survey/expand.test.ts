/** The expansion of calls: what it makes of arguments, and where it gives up. */
import { describe, expect, it } from "vitest";

import { expandStatement, STRINGIZED, statementEffort } from "../../../src/isolate/survey/expand.js";
import type { MacroBody } from "../../../src/isolate/survey/macro-bodies.js";

function macros(...lines: readonly (readonly [string, readonly string[] | undefined, string])[]): (name: string) => MacroBody | undefined {
  const bodies = lines.map(([name, parameters, body]) => ({
    name,
    file: 0,
    local: false,
    includes: [],
    parameters,
    body: body.split(" "),
  }));
  return (name) => bodies.find((one) => one.name === name);
}

describe("expanding a statement", () => {
  it("expands an argument once, joins it as it is, and makes a string of it", () => {
    const definitionOf = macros(["MAKE", ["x"], "x x ## _end # x"], ["ONE", undefined, "two"]);
    const joined = new Set<string>();
    expect(expandStatement(["MAKE", "(", "ONE", ")"], definitionOf, joined, statementEffort())).toEqual([
      "two",
      "ONE_end",
      `"${STRINGIZED}ONE"`,
    ]);
    expect([...joined]).toEqual(["ONE_end"]);
  });

  it("joins no name with the parenthesis of an argument: `CALL ## (a, b)` is a call", () => {
    const definitionOf = macros(["BOTH", ["pair"], "CALL ## pair"], ["CALL", ["a", "b"], "a b"]);
    const joined = new Set<string>();
    const statement = ["BOTH", "(", "(", "one", ",", "two", ")", ")"];
    expect(expandStatement(statement, definitionOf, joined, statementEffort())).toEqual(["one", "two"]);
    expect([...joined]).toEqual([]);
  });

  it("leaves a macro inside its own body, and finds it again behind that", () => {
    const definitionOf = macros(["LOOP", undefined, "a LOOP"]);
    expect(expandStatement(["LOOP", "LOOP"], definitionOf, new Set(), statementEffort())).toEqual(["a", "LOOP", "a", "LOOP"]);
  });

  it("gives up on what doubles itself again and again, and then at once", () => {
    const names = Array.from({ length: 40 }, (_, i) => `TWICE_${i}`);
    const definitionOf = macros(...names.map((name, i) => [name, ["x"], `TWICE_${i + 1} ( x x )`] as const));
    const effort = statementEffort();
    expect(expandStatement(["TWICE_0", "(", "a", ")"], definitionOf, new Set(), effort)).toBeUndefined();
    expect(effort.left).toBeLessThan(0);
    expect(expandStatement(["a"], definitionOf, new Set(), effort)).toBeUndefined();
  });
});
