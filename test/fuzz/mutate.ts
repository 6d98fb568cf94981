/** Owns the mutations: bytes, words and pieces of other inputs, put in, taken out, moved and doubled. */
import type { Dice } from "./random.js";
import { ENDINGS, LARGEST_INPUT, type Seed, WORDS } from "./seeds.js";

/** One to eight mutations of an input; `other` lends pieces. */
export function mutate(seed: Seed, other: Seed, dice: Dice): Seed {
  let { bytes, ending } = seed;
  for (let count = 1 + dice.below(dice.pick([2, 4, 8])); count > 0; count--) bytes = dice.pick(MUTATIONS)(bytes, dice, other.bytes);
  if (dice.below(16) === 0) ending = dice.pick(ENDINGS);
  return { bytes: bytes.subarray(0, LARGEST_INPUT), ending };
}

type Mutation = (bytes: Buffer, dice: Dice, other: Buffer) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  insertWord,
  insertWord,
  insertWord,
  replaceWord,
  replaceWord,
  removeRange,
  doubleRange,
  flipByte,
  takeFrom,
  takeFrom,
  swapWords,
  wrap,
];

function spliced(bytes: Buffer, from: number, to: number, text: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, from), text, bytes.subarray(to)]);
}

function insertWord(bytes: Buffer, dice: Dice): Buffer {
  const at = boundary(bytes, dice);
  const text = dice.pick(WORDS) + (dice.below(2) === 0 ? " " : "");
  return spliced(bytes, at, at, Buffer.from(text, "utf8"));
}

/** A place between words, or any. */
function boundary(bytes: Buffer, dice: Dice): number {
  let at = dice.below(bytes.length + 1);
  if (dice.below(8) !== 0) while (at < bytes.length && isWord(bytes[at] as number)) at++;
  return at;
}

function isWord(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95;
}

/** The word at or behind a place. */
function wordAt(bytes: Buffer, dice: Dice): [from: number, to: number] {
  let from = dice.below(bytes.length);
  while (from > 0 && isWord(bytes[from - 1] as number)) from--;
  while (from < bytes.length && !isWord(bytes[from] as number)) from++;
  let to = from;
  while (to < bytes.length && isWord(bytes[to] as number)) to++;
  return [from, to];
}

function replaceWord(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = wordAt(bytes, dice);
  return spliced(bytes, from, to, Buffer.from(dice.pick(WORDS), "utf8"));
}

function swapWords(bytes: Buffer, dice: Dice): Buffer {
  const [a, b] = wordAt(bytes, dice);
  const [c, d] = wordAt(bytes, dice);
  if (b > c) return bytes;
  return Buffer.concat([bytes.subarray(0, a), bytes.subarray(c, d), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(d)]);
}

function range(bytes: Buffer, dice: Dice): [from: number, to: number] {
  const from = boundary(bytes, dice);
  return [from, Math.min(bytes.length, from + dice.below(dice.pick([4, 32, 256])))];
}

function removeRange(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = range(bytes, dice);
  return spliced(bytes, from, to, Buffer.alloc(0));
}

function doubleRange(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = range(bytes, dice);
  const at = boundary(bytes, dice);
  return spliced(bytes, at, at, bytes.subarray(from, to));
}

function flipByte(bytes: Buffer, dice: Dice): Buffer {
  if (bytes.length === 0) return bytes;
  const copy = Buffer.from(bytes);
  copy[dice.below(copy.length)] = dice.below(256);
  return copy;
}

function takeFrom(bytes: Buffer, dice: Dice, other: Buffer): Buffer {
  const [from, to] = range(other, dice);
  const [start, end] = dice.below(2) === 0 ? [boundary(bytes, dice)] : range(bytes, dice);
  return spliced(bytes, start, end ?? start, other.subarray(from, to));
}

const WRAPPERS: readonly (readonly [string, string])[] = [
  ["namespace meter {", "}"],
  ["namespace {", "}"],
  ['extern "C" {', "}"],
  ["#if 0\n", "\n#endif\n"],
  ["#if X\n", "\n#else\n"],
  ["/*", "*/"],
  ['R"x(', ')x"'],
  ["#define M(meter) ", "\n"],
  ["struct S {", "};"],
  ["(", ")"],
  ["f(", ")"],
];

function wrap(bytes: Buffer, dice: Dice): Buffer {
  const [from, to] = range(bytes, dice);
  const [open, close] = dice.pick(WRAPPERS);
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(open), bytes.subarray(from, to), Buffer.from(close), bytes.subarray(to)]);
}
