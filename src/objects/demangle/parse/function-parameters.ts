/** Owns parameters of the function that is being declared: `fpT`, `fp<number>_`, `fL<level>p<number>_`. */
import { malformed } from "../failure.js";
import { FUNCTION_PARAMETER, TEXT } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { need, positive, skipDigits, takePair, takeText } from "./cursor.js";
import type { Parser } from "./parser.js";
import { qualifiers } from "./qualifiers.js";

const THIS = text("this");

export function functionParameter(p: Parser): number {
  if (takeText(p, "fpT")) return node(p.tree, TEXT, THIS);
  if (takePair(p, "fL")) {
    positive(p);
    need(p, "p");
  } else if (!takePair(p, "fp")) {
    malformed();
  }
  qualifiers(p);
  const begin = p.at;
  skipDigits(p);
  need(p, "_");
  return node(p.tree, FUNCTION_PARAMETER, begin, p.at - 1);
}
