/** Owns names spelled out: `<length><identifier>`, their ABI tags, and the modules before them. */
import { malformed } from "../failure.js";
import { ABI_TAG, MODULE, NAME, TEXT } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { isDigit, peek, positive, take } from "./cursor.js";
import type { Parser } from "./parser.js";
import { substitutable } from "./substitutions.js";

const ANONYMOUS = text("(anonymous namespace)");
/** How compilers call the anonymous namespace. */
const ANONYMOUS_NAME = "_GLOBAL__N";

/** Goes over `<length><identifier>`; the identifier ends at `p.at`, and begins at the place returned. */
export function bareName(p: Parser): number {
  const length = positive(p);
  const begin = p.at;
  if (length === 0 || begin + length > p.end) malformed();
  p.at = begin + length;
  return begin;
}

export function sourceName(p: Parser): number {
  const begin = bareName(p);
  if (p.bytes[begin] === 95 && isAnonymous(p, begin)) return node(p.tree, TEXT, ANONYMOUS);
  return node(p.tree, NAME, begin, p.at);
}

function isAnonymous(p: Parser, begin: number): boolean {
  if (p.at - begin < ANONYMOUS_NAME.length) return false;
  for (let index = 0; index < ANONYMOUS_NAME.length; index++) {
    if (p.bytes[begin + index] !== ANONYMOUS_NAME.charCodeAt(index)) return false;
  }
  return true;
}

export function isSourceName(p: Parser): boolean {
  return isDigit(p.bytes[p.at]) && peek(p, 0) !== 48;
}

/** The name with the tags that follow it: `B<length><tag>`. */
export function abiTags(p: Parser, name: number): number {
  let tagged = name;
  while (take(p, "B")) {
    const begin = bareName(p);
    tagged = node(p.tree, ABI_TAG, tagged, begin, p.at);
  }
  return tagged;
}

/** The module that the next name is attached to, below `parent`: `W` [`P`] <name>, repeated. 0 for none. */
export function moduleName(p: Parser, parent: number): number {
  let module = parent;
  while (take(p, "W")) {
    const partition = take(p, "P") ? 1 : 0;
    const name = sourceName(p);
    module = substitutable(p, node(p.tree, MODULE, module, name, partition));
  }
  return module;
}
