/** What is asked of the files of a tree about macros: no calls whose arguments tell nothing. */
import { describe, expect, it } from "vitest";

import { collectMacros } from "../../../src/isolate/decide/macro-knowledge.js";
import type { MacroAnswer, MacroDefinition, MacroQuestion, MacroUse } from "../../../src/isolate/decide/macro-model.js";

const USE = { namespace: false, string: false, other: false, member: false, tag: false, plain: true, passed: [], whole: false, calls: [] };

function definition(name: string, more: Partial<MacroDefinition> = {}): MacroDefinition {
  return {
    name,
    file: 0,
    offset: 0,
    local: false,
    includes: [],
    parameters: ["x"],
    variadic: false,
    uses: [{ ...USE, places: [1] }],
    pastes: [],
    result: undefined,
    ...more,
  };
}

/** `CHECK(MAKE)`: the name of one macro is handed to another. */
const HANDED: MacroUse = {
  macro: "MAKE",
  file: 1,
  offset: 10,
  arguments: undefined,
  member: false,
  within: undefined,
  local: false,
  place: { macro: "CHECK", index: 0 },
};

/** Collects from a tree with these definitions of CHECK, and gives the macros whose calls were asked for. */
async function askedFor(check: readonly MacroDefinition[]): Promise<string[]> {
  const asked: string[] = [];
  const answer = ({ definitions, uses }: MacroQuestion): MacroAnswer => {
    asked.push(...uses.map(({ macro }) => macro));
    return {
      definitions: [definition("MAKE"), ...check].filter(({ name }) => definitions.includes(name)),
      uses: uses.some(({ macro }) => macro === "MAKE") ? [HANDED] : [],
      tokens: [],
      own: [],
      members: [],
    };
  };
  await collectMacros({ definitions: ["MAKE"], uses: [{ macro: "MAKE", file: -1 }] }, async (question) => [answer(question)]);
  return asked;
}

describe("the calls of a macro that another one is handed to", () => {
  it("are asked for where it calls what it gets, or pastes it", async () => {
    const calling = definition("CHECK", { uses: [{ ...USE, places: [], calls: [[]] }] });
    const pasting = definition("CHECK", {
      pastes: [{ parts: [{ type: "parameter", index: 0 }], offset: 0, end: 1, argumentOf: undefined }],
    });
    expect(await askedFor([calling])).toEqual(["MAKE", "CHECK"]);
    expect(await askedFor([definition("CHECK"), pasting])).toEqual(["MAKE", "CHECK"]);
  });

  it("are not where it only hands it on: a whole tree would be read again for an assertion", async () => {
    expect(await askedFor([definition("CHECK")])).toEqual(["MAKE"]);
    expect(await askedFor([])).toEqual(["MAKE"]);
  });
});
