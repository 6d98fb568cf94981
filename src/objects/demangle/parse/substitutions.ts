/** Owns substitutions: components of the name that later parts refer to by number, and the abbreviations of `std`. */
import { malformed } from "../failure.js";
import { ABBREVIATION } from "../kinds.js";
import { node } from "../tree.js";
import { peek, need, sequence, take } from "./cursor.js";
import { type Parser, doubled } from "./parser.js";
import { abiTags } from "./source-names.js";

/** Letters after `S`; their index is the number of the abbreviation. */
const LETTERS = "absiod";

export function substitutable(p: Parser, component: number): number {
  if (p.substituted === p.substitutions.length) p.substitutions = doubled(p.substitutions);
  p.substitutions[p.substituted++] = component;
  return component;
}

/** `S_`, `S<number>_`, or an abbreviation with its ABI tags, which make a new component of it. */
export function substitution(p: Parser): number {
  need(p, "S");
  const letter = peek(p, 0);
  if (letter >= 97 && letter <= 122) return abbreviation(p, letter);
  let index = 0;
  if (!take(p, "_")) {
    const number = sequence(p);
    need(p, "_");
    if (number < 0) malformed();
    index = number + 1;
  }
  if (index >= p.substituted) malformed();
  return p.substitutions[index] ?? 0;
}

function abbreviation(p: Parser, letter: number): number {
  const number = LETTERS.indexOf(String.fromCharCode(letter));
  if (number < 0) malformed();
  p.at++;
  const plain = node(p.tree, ABBREVIATION, number);
  const tagged = abiTags(p, plain);
  return tagged === plain ? plain : substitutable(p, tagged);
}
