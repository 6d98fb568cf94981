/** Owns `decltype(…)`: `Dt` or `DT` <expression> `E`. */
import { malformed } from "../failure.js";
import { ENCLOSED } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { need, takePair } from "./cursor.js";
import { expression } from "./expressions.js";
import type { Parser } from "./parser.js";

const DECLTYPE = text("decltype");

export function decltype(p: Parser): number {
  if (!takePair(p, "Dt") && !takePair(p, "DT")) malformed();
  const inner = expression(p);
  need(p, "E");
  return node(p.tree, ENCLOSED, DECLTYPE, inner);
}
