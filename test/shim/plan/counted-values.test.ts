import { describe, expect, it } from "vitest";

import type { ApiType } from "../../../src/model/api-snapshot.js";
import { arraySign } from "../../../src/shim/plan/counted-values.js";

const ITEM: ApiType = { kind: "pointer", to: { kind: "named", name: "Item", arguments: null, const: true } };
const INT: ApiType = { kind: "builtin", name: "int" };
const SIZE: ApiType = { kind: "builtin", name: "size_t" };

/** `*items` is a pointer, `n` a number, `+n` a size. */
function signOf(parameters: string, at = 0, comment: string | null = null): string | undefined {
  const list = parameters.split(" ").map((word) => ({
    name: word.replace(/^[*+]/, "").replace(/^_$/, ""),
    type: word.startsWith("*") ? ITEM : word.startsWith("+") ? SIZE : INT,
  }));
  return arraySign(list, at, comment)?.why;
}

describe("a pointer to a value", () => {
  it.each(["*item count", "*item n", "*item k", "*item +budget", "*items more", "*first rest", "*_ _", "*item num_items", "*item parts"])(
    "may be an array in (%s)",
    (parameters) => {
      expect(signOf(parameters)).toBeDefined();
    },
  );

  it.each(["*item index", "*item flags", "*items timeout_ms", "*item tolerance", "*_ mode", "*item", "*item +offset", "*items channel"])(
    "is a single one in (%s)",
    (parameters) => {
      expect(signOf(parameters)).toBeUndefined();
    },
  );

  it("is counted by the number before it only where that is called a count", () => {
    expect(signOf("count *item", 1)).toBe("count");
    expect(signOf("level *items", 1)).toBeUndefined();
    expect(signOf("k *item", 1)).toBeUndefined();
  });

  it("is counted by the number behind several of its kind, is one end of a range, or an array by its comment", () => {
    expect(signOf("*one *other n")).toBe("n");
    expect(signOf("*begin *end")).toBe("the pointer beside it");
    expect(signOf("*item", 0, "@param item an array that ends in an empty one")).toBe("its comment");
  });
});
