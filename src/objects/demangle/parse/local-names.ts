/** Owns names of what lies in a function: `Z` <encoding> `E` <entity> [discriminator]. */
import { LOCAL, TEXT } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { isDigit, need, peek, skipDigits, take, takeNumber } from "./cursor.js";
import { encoding } from "./encoding.js";
import { encodedName } from "./names.js";
import type { NameTraits, Parser } from "./parser.js";

const STRING_LITERAL = text("string literal");

export function localName(p: Parser, traits: NameTraits | undefined): number {
  need(p, "Z");
  const owner = encoding(p);
  need(p, "E");
  if (take(p, "s")) {
    discriminator(p);
    return node(p.tree, LOCAL, owner, node(p.tree, TEXT, STRING_LITERAL));
  }
  // To the entity T_ does not mean what it means around; and to what is around, not what it means to the entity.
  const { levels } = p;
  p.levels = [];
  const entity = take(p, "d") ? inDefaultArgument(p, traits) : withDiscriminator(p, traits);
  if (traits === undefined) p.levels = levels;
  return node(p.tree, LOCAL, owner, entity);
}

function withDiscriminator(p: Parser, traits: NameTraits | undefined): number {
  const entity = encodedName(p, traits);
  discriminator(p);
  return entity;
}

function inDefaultArgument(p: Parser, traits: NameTraits | undefined): number {
  takeNumber(p);
  need(p, "_");
  return encodedName(p, traits);
}

/** `_<digit>`, `__<number>_`, or digits up to the end, as compilers of old wrote them. */
function discriminator(p: Parser): void {
  const begin = p.at;
  if (take(p, "_")) {
    if (isDigit(p.bytes[p.at])) {
      p.at++;
      return;
    }
    if (take(p, "_")) {
      skipDigits(p);
      if (take(p, "_")) return;
    }
  } else if (isDigit(peek(p, 0))) {
    skipDigits(p);
    if (p.at === p.end) return;
  }
  p.at = begin;
}
