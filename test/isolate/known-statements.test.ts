/** Statements that were expanded before are known again only where that comes to the same. */
import { describe, expect, it } from "vitest";

import { createStatements } from "../../src/isolate/engine/known-statements.js";
import type { MacroBody } from "../../src/isolate/survey/macro-bodies.js";

function macro(word: string): MacroBody {
  return { name: "TEST", file: 0, local: false, includes: [], parameters: ["x"], body: [word] };
}

const [ONE, OTHER] = [macro("one"), macro("other")];

/** How often each statement was expanded, when they stand one behind the other with these definitions of TEST. */
function expansions(
  statements: readonly (readonly [texts: readonly string[], definitions: readonly MacroBody[], read?: string])[],
): number {
  let count = 0;
  const onceFor = createStatements<string>();
  for (const [texts, definitions, read = "c++"] of statements) {
    const value = onceFor(
      read,
      texts,
      () => definitions,
      (known) => {
        count++;
        return known("TEST")
          .map(({ body }) => body.join(" "))
          .join("|");
      },
    );
    expect(value).toBe(definitions.map(({ body }) => body.join(" ")).join("|"));
  }
  return count;
}

const call = (argument: string): string[] => ["TEST", "(", argument, ")", "{", "}"];

describe("a statement", () => {
  it("is expanded once for all tests that differ in their titles", () => {
    const titles = ['"a queue grows"', '"Queue.grows"', '"a queue: (shrinks)"'];
    expect(expansions(titles.map((title) => [call(title), [ONE]]))).toBe(1);
  });

  it("is expanded again where a string may name a symbol, or be a piece of assembler", () => {
    const strings = [
      '"f"',
      '"g"',
      '".symver f"',
      '"C"',
      '"C++"',
      '"f@V1"',
      '"f, g"',
      '"mov %eax"',
      'L"a b"',
      '"weak f = g"',
      '" redefine_extname f g"',
    ];
    expect(expansions(strings.map((text) => [call(text), [ONE]]))).toBe(strings.length);
  });

  it("is expanded again where other definitions hold, or it is read in another way", () => {
    expect(
      expansions([
        [call("f"), [ONE]],
        [call("f"), [OTHER]],
        [call("f"), [ONE, OTHER]],
        [call("f"), [ONE], "c"],
        [call("g"), [ONE]],
        [call("f"), [OTHER]],
      ]),
    ).toBe(5);
  });
});
