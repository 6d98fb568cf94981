/** Owns special names: tables, typeinfo, thunks, guards and what else the compiler makes for an entity. */
import { malformed } from "../failure.js";
import { CONSTRUCTION_VTABLE, SPECIAL } from "../kinds.js";
import { node } from "../tree.js";
import { text } from "../texts.js";
import { isAhead, need, peek, sequence, take, takeNumber, takePair } from "./cursor.js";
import { encoding } from "./encoding.js";
import { name } from "./names.js";
import type { Parser } from "./parser.js";
import { moduleName } from "./source-names.js";
import { templateArgument } from "./template-arguments.js";
import { type } from "./types.js";

type Read = (p: Parser) => number;

const READERS: Readonly<Record<string, readonly [string, Read]>> = {
  TV: ["vtable for ", type],
  TT: ["VTT for ", type],
  TI: ["typeinfo for ", type],
  TS: ["typeinfo name for ", type],
  TF: ["typeinfo fn for ", type],
  TA: ["template parameter object for ", templateArgument],
  TH: ["thread-local initialization routine for ", name],
  TW: ["thread-local wrapper routine for ", name],
  GV: ["guard variable for ", name],
  GR: ["reference temporary for ", referenceTemporary],
  GI: ["initializer for module ", module],
  GA: ["hidden alias for ", encoding],
};

const BY_LETTERS: { readonly label: number; readonly read: Read }[] = [];
for (const [letters, [label, read]] of Object.entries(READERS)) {
  BY_LETTERS[indexOf(letters.charCodeAt(0), letters.charCodeAt(1))] = { label: text(label), read };
}

const VIRTUAL_THUNK = text("virtual thunk to ");
const THUNK = text("non-virtual thunk to ");
const COVARIANT_THUNK = text("covariant return thunk to ");
const CLONE = text("transaction clone for ");
const UNSAFE_CLONE = text("non-transaction clone for ");

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
  return node(p.tree, SPECIAL, found.label, found.read(p));
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
  return node(p.tree, SPECIAL, covariant ? COVARIANT_THUNK : isVirtual ? VIRTUAL_THUNK : THUNK, encoding(p));
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
  return node(p.tree, SPECIAL, safe ? CLONE : UNSAFE_CLONE, encoding(p));
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
