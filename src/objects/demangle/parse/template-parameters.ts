/** Owns what `T_` means: the scopes of template parameters, and references to arguments that come later. */
import { malformed } from "../failure.js";
import { DEPENDS, node } from "../tree.js";
import { FORWARD, NAME, TEXT } from "../kinds.js";
import { text } from "../texts.js";
import { need, positive, take } from "./cursor.js";
import type { Parser } from "./parser.js";

const AUTO = text("auto");
/** Each level costs an entry; no name of a compiler has that many. */
const MOST_LEVELS = 256;

/** `T_`, `T<number>_`, `TL<level>__`, `TL<level>_<number>_`. */
export function templateParameter(p: Parser): number {
  const begin = p.at;
  need(p, "T");
  let level = 0;
  if (take(p, "L")) {
    level = positive(p) + 1;
    need(p, "_");
  }
  const index = take(p, "_") ? 0 : numbered(p);
  if (p.numbersOnly) return node(p.tree, NAME, begin, p.at - 1);
  if (p.forwardsAllowed && level === 0) return forward(p, index);
  return p.levels[level]?.[index] ?? lambdaAuto(p, level);
}

function numbered(p: Parser): number {
  const index = positive(p) + 1;
  need(p, "_");
  return index;
}

function forward(p: Parser, index: number): number {
  const made = node(p.tree, FORWARD | DEPENDS, index);
  p.forwards.push(made);
  return made;
}

/** A lambda's parameter of type `auto` is mangled as a template parameter that nothing declares. */
function lambdaAuto(p: Parser, level: number): number {
  if (p.lambdaLevel !== level || level > p.levels.length || level > MOST_LEVELS) malformed();
  if (level === p.levels.length) p.levels.push(undefined);
  return node(p.tree, TEXT, AUTO);
}

/** Gives the references since the `first` the arguments they stand for. */
export function resolveForwards(p: Parser, first: number): void {
  if (p.forwards.length === first) return;
  const outer = p.levels[0];
  for (let index = first; index < p.forwards.length; index++) {
    const at = p.forwards[index] ?? 0;
    const target = outer?.[p.tree.numbers[at + 1] ?? 0];
    if (target === undefined) malformed();
    p.tree.numbers[at + 2] = target;
  }
  p.forwards.length = first;
}
