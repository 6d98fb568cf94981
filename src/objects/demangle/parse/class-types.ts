/** Owns types by name, which say of which kind they are where C++ needs it: `Ts`, `Tu`, `Te`. */
import { ELABORATED } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { takePair } from "./cursor.js";
import { name } from "./names.js";
import type { Parser } from "./parser.js";

const KEYWORDS: readonly (readonly [string, number])[] = [
  ["Ts", text("struct ")],
  ["Tu", text("union ")],
  ["Te", text("enum ")],
];

export function classType(p: Parser): number {
  for (const [letters, keyword] of KEYWORDS) {
    if (takePair(p, letters)) return node(p.tree, ELABORATED, keyword, name(p));
  }
  return name(p);
}
