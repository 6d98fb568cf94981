/** Owns the names of constructors and destructors, in all their variants. */
import { malformed } from "../failure.js";
import { ABBREVIATION, CONSTRUCTOR, DESTRUCTOR } from "../kinds.js";
import { kindOf, node, operand } from "../tree.js";
import { peek, take } from "./cursor.js";
import { encodedName } from "./names.js";
import type { NameTraits, Parser } from "./parser.js";

/** The digits that may follow, one bit each. */
const CONSTRUCTORS = 0b111110;
const DESTRUCTORS = 0b110111;

/** `C1`…`C5`, `CI1`… with the class whose constructor is inherited, `D0`…`D5` but `D3`. */
export function constructorOrDestructor(p: Parser, traits: NameTraits | undefined, scope: number): number {
  spellOut(p, scope);
  if (traits !== undefined) traits.unreturning = true;
  if (take(p, "C")) {
    const inherited = take(p, "I");
    variant(p, CONSTRUCTORS);
    if (inherited) encodedName(p, traits);
    return node(p.tree, CONSTRUCTOR, scope);
  }
  p.at++;
  variant(p, DESTRUCTORS);
  return node(p.tree, DESTRUCTOR, scope);
}

function variant(p: Parser, known: number): void {
  const digit = peek(p, 0) - 48;
  if (digit < 0 || digit > 5 || (known & (1 << digit)) === 0) malformed();
  p.at++;
}

/** The constructor of `std::string` is that of `std::basic_string<…>`. */
function spellOut(p: Parser, scope: number): void {
  if (kindOf(p.tree, scope) === ABBREVIATION && operand(p.tree, scope, 2) === 0) p.tree.numbers[scope + 2] = 1;
}
