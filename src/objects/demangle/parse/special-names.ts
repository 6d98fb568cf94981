/** Owns special names: tables, typeinfo, thunks, guards and what else the compiler makes for an entity. */
import { malformed } from "../failure.js";
import { CONSTRUCTION_VTABLE, SPECIAL } from "../kinds.js";
import { node } from "../tree.js";
import { type SpecialKind, specialNumber } from "../specials.js";
import { isAhead, need, peek, sequence, take, takeNumber, takePair } from "./cursor.js";
import { encoding } from "./encoding.js";
import { name } from "./names.js";
import type { Parser } from "./parser.js";
import { moduleName } from "./source-names.js";
import { templateArgument } from "./template-arguments.js";
import { type } from "./types.js";

type Read = (p: Parser) => number;

const READERS: Readonly<Record<string, readonly [SpecialKind, Read]>> = {
  TV: ["vtable", type],
  TT: ["vtt", type],
  TI: ["typeinfo", type],
  TS: ["typeinfo-name", type],
  TF: ["typeinfo-function", type],
  TA: ["template-object", templateArgument],
  TH: ["tls-init", name],
  TW: ["tls-wrapper", name],
  GV: ["guard", name],
  GR: ["reference-temporary", referenceTemporary],
  GI: ["module-init", module],
  GA: ["hidden-alias", encoding],
};

const BY_LETTERS: { readonly number: number; readonly read: Read }[] = [];
for (const [letters, [kind, read]] of Object.entries(READERS)) {
  BY_LETTERS[indexOf(letters.charCodeAt(0), letters.charCodeAt(1))] = { number: specialNumber(kind), read };
}

function indexOf(first: number, second: number): number {
  return ((first & 0x7f) << 7) | (second & 0x7f);
}

export function specialName(p: Parser): number {
  if (isAhead(p, 1, "C")) return constructionTable(p);
  if (isAhead(p, 1, "c") || isAhead(p, 1, "h") || isAhead(p, 1, "v")) return thunk(p);
  if (takePair(p, "GT")) return transactionClone(p);
  const found = BY_LETTERS[indexOf(peek(p, 0), peek(p, 1))];
  if (found === undefined) malformed();
  p.at += 2;
  return node(p.tree, SPECIAL, found.number, found.read(p));
}

/** `TC` <type> <offset> `_` <base's type>. */
function constructionTable(p: Parser): number {
  need(p, "T");
  p.at++;
  const derived = type(p);
  if (!takeNumber(p)) malformed();
  need(p, "_");
  return node(p.tree, CONSTRUCTION_VTABLE, type(p), derived);
}

/** `T` <offset> <function>, `Tc` <offset of this> <offset of the result> <function>. */
function thunk(p: Parser): number {
  need(p, "T");
  const covariant = take(p, "c");
  const isVirtual = offset(p);
  if (covariant) offset(p);
  const kind = isVirtual ? "virtual-thunk" : "thunk";
  return node(p.tree, SPECIAL, specialNumber(covariant ? "covariant-thunk" : kind), encoding(p));
}

/** `h` <number> `_`, `v` <number> `_` <number> `_`; whether it is the virtual one. */
function offset(p: Parser): boolean {
  const isVirtual = take(p, "v");
  if (!isVirtual) need(p, "h");
  number(p);
  if (isVirtual) number(p);
  return isVirtual;
}

function number(p: Parser): void {
  if (!takeNumber(p)) malformed();
  need(p, "_");
}

function transactionClone(p: Parser): number {
  const safe = take(p, "t");
  if (!safe) need(p, "n");
  return node(p.tree, SPECIAL, specialNumber(safe ? "transaction-clone" : "non-transaction-clone"), encoding(p));
}

/** The number of the temporary ends in `_`; compilers of old wrote none. */
function referenceTemporary(p: Parser): number {
  const of = name(p);
  const numbered = sequence(p) >= 0;
  if (!take(p, "_") && numbered) malformed();
  return of;
}

function module(p: Parser): number {
  const made = moduleName(p, 0);
  return made === 0 ? malformed() : made;
}
