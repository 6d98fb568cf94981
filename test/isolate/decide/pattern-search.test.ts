/** The search for names by patterns finds what a regular expression of the pattern finds. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { matchesParts, patternSearch } from "../../../src/isolate/decide/pattern-search.js";

const word = fc.string({ unit: fc.constantFrom("a", "b", "_"), maxLength: 6 });
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "_", "*"), maxLength: 6 });

function expressionOf(text: string): RegExp {
  return new RegExp(`^${text.split("*").join(".*")}$`, "s");
}

describe("names by patterns", () => {
  it("match as the regular expression does", () => {
    fc.assert(fc.property(word, pattern, (name, text) => matchesParts(name, text.split("*")) === expressionOf(text).test(name)));
  });

  it("are found exactly when one of them matches", () => {
    fc.assert(
      fc.property(fc.array(word), pattern, (names, text) => {
        const found = patternSearch(new Set(names))(text);
        const expression = expressionOf(text);
        expect(found === undefined ? !names.some((name) => expression.test(name)) : names.includes(found) && expression.test(found)).toBe(
          true,
        );
      }),
    );
  });
});
