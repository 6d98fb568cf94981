/** Owns the state of the printing of one name: the bytes so far, and what depends on where one is in the tree. */
import { tooBig } from "../failure.js";
import { MOST_DEPTH, MOST_OUTPUT, MOST_STEPS } from "../limits.js";
import { bytesOf } from "../texts.js";
import type { Tree } from "../tree.js";

/** No pack is being gone through. */
export const NO_PACK = -1;

export interface Printer {
  tree: Tree;
  /** The mangled name. */
  source: Uint8Array;
  out: Buffer;
  length: number;
  depth: number;
  steps: number;
  /** The element of the packs that is printed, and how many they have. */
  packIndex: number;
  packSize: number;
  /** Open brackets since the last template arguments, which make parentheses around `>` needless; -1 outside such arguments. */
  open: number;
  /** The encoding whose bare name is wanted, and where it lies in `out`. */
  wanted: number;
  wantedBegin: number;
  wantedEnd: number;
  /** Bytes that are not ASCII were written: they are UTF-8. */
  highBytes: boolean;
}

export function createPrinter(tree: Tree): Printer {
  return {
    tree,
    source: new Uint8Array(0),
    out: Buffer.alloc(1 << 13),
    length: 0,
    depth: 0,
    steps: 0,
    packIndex: NO_PACK,
    packSize: NO_PACK,
    open: -1,
    wanted: 0,
    wantedBegin: 0,
    wantedEnd: 0,
    highBytes: false,
  };
}

/** Begins the printing of a name. */
export function startPrinting(o: Printer, source: Uint8Array, wanted: number): void {
  o.source = source;
  o.length = 0;
  o.depth = 0;
  o.steps = 0;
  o.packIndex = NO_PACK;
  o.packSize = NO_PACK;
  o.open = -1;
  o.wanted = wanted;
  o.wantedBegin = 0;
  o.wantedEnd = 0;
  o.highBytes = false;
}

/** What was printed. */
export function printed(o: Printer): string {
  return o.out.toString(o.highBytes ? "utf8" : "latin1", 0, o.length);
}

/** Counts a visit of a node; `o.depth--` ends it. */
export function visit(o: Printer): void {
  if (++o.steps > MOST_STEPS || ++o.depth > MOST_DEPTH) tooBig();
}

/** Writes a constant text. */
export function write(o: Printer, number: number): void {
  const bytes = bytesOf(number);
  copy(o, bytes, 0, bytes.length);
}

/** Writes a piece of the mangled name. */
export function writeSource(o: Printer, begin: number, end: number): void {
  copy(o, o.source, begin, end);
}

export function writeByte(o: Printer, code: number): void {
  if (o.length === o.out.length) grow(o, 1);
  o.out[o.length++] = code;
}

/** The byte written last; 0 at the start. */
export function lastByte(o: Printer): number {
  return o.length === 0 ? 0 : (o.out[o.length - 1] ?? 0);
}

function copy(o: Printer, from: Uint8Array, begin: number, end: number): void {
  let to = o.length;
  if (to + end - begin > o.out.length) grow(o, end - begin);
  const out = o.out;
  let seen = 0;
  for (let index = begin; index < end; index++) {
    const byte = from[index] ?? 0;
    out[to++] = byte;
    seen |= byte;
  }
  if (seen > 0x7f) o.highBytes = true;
  o.length = to;
}

function grow(o: Printer, more: number): void {
  if (o.length + more > MOST_OUTPUT) tooBig();
  const bigger = Buffer.alloc(Math.min(MOST_OUTPUT, 2 * (o.length + more)));
  o.out.copy(bigger, 0, 0, o.length);
  o.out = bigger;
}

/** Opens a bracket; inside, a `>` is no end of template arguments. */
export function openBracket(o: Printer, code: number): void {
  if (o.open >= 0) o.open++;
  writeByte(o, code);
}

export function closeBracket(o: Printer, code: number): void {
  if (o.open > 0) o.open--;
  writeByte(o, code);
}

export function inParentheses(o: Printer, inner: () => void): void {
  openBracket(o, 40);
  inner();
  closeBracket(o, 41);
}
