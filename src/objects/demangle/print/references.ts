/** Owns references to references, which collapse: an lvalue's wins. */
import { REFERENCE } from "../kinds.js";
import { kindOf } from "../tree.js";
import { text } from "../texts.js";
import { of } from "./dispatch.js";
import type { Printer } from "./printer.js";
import { actual } from "./shapes.js";

const LVALUE = text("&");
const RVALUE = text("&&");
const MOST_LINKS = 256;

/** The type that is no reference any more; 0 when references only lead to one another. */
export function referent(o: Printer, at: number): number {
  let inner = of(o, at, 1);
  for (let link = 0; link < MOST_LINKS; link++) {
    const found = actual(o, inner);
    if (kindOf(o.tree, found) !== REFERENCE) return inner;
    inner = of(o, found, 1);
  }
  return 0;
}

/** The number of the sign's text. */
export function referenceSign(o: Printer, at: number): number {
  let kind = of(o, at, 2);
  let inner = actual(o, of(o, at, 1));
  for (let link = 0; link < MOST_LINKS && kindOf(o.tree, inner) === REFERENCE; link++) {
    kind = Math.min(kind, of(o, inner, 2));
    inner = actual(o, of(o, inner, 1));
  }
  return kind === 1 ? LVALUE : RVALUE;
}
