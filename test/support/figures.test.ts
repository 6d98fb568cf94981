/** That numbers look as in English text. */
import fc from "fast-check";
import { expect, it } from "vitest";

import { figure } from "../../src/support/figures.js";

it("puts commas where the engine's own table of English does", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => {
      expect(figure(value)).toBe(value.toLocaleString("en"));
    }),
  );
});
