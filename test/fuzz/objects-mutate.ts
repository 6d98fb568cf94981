/** Owns the mutations of binary files: bits, numbers at hostile values, lengths, pieces of others, archives around them. */
import { archiveMember, buildArchive } from "../objects/archive-builder.js";
import type { Dice } from "./random.js";

/** Longest input. */
export const LARGEST = 24_576;

/** One to eight mutations of an input; `other` lends pieces. */
export function mutateObject(bytes: Buffer, other: Buffer, dice: Dice): Buffer {
  let mutated = bytes;
  for (let count = 1 + dice.below(dice.pick([2, 4, 8])); count > 0; count--) mutated = dice.pick(MUTATIONS)(mutated, dice, other);
  return mutated.subarray(0, LARGEST);
}

type Mutation = (bytes: Buffer, dice: Dice, other: Buffer) => Buffer;

const MUTATIONS: readonly Mutation[] = [
  flipBit,
  setByte,
  setNumber,
  setNumber,
  setNumber,
  addToNumber,
  addToNumber,
  copyNumber,
  copyNumber,
  cut,
  takeFrom,
  doubleRange,
  wrap,
];

const HOSTILE = [
  0, 1, 2, 4, 0x10, 0x7f, 0xff, 0x100, 0x7fff, 0xff00, 0xfff1, 0xfff2, 0xffff, 0x10000, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff,
];

/** A place near the start half of the time, where headers lie. */
function placeIn(bytes: Buffer, dice: Dice): number {
  return dice.below(dice.below(2) === 0 ? Math.min(bytes.length, 256) : bytes.length);
}

function flipBit(bytes: Buffer, dice: Dice): Buffer {
  const copy = Buffer.from(bytes);
  const at = placeIn(copy, dice);
  if (at < copy.length) copy[at] = (copy[at] ?? 0) ^ (1 << dice.below(8));
  return copy;
}

function setByte(bytes: Buffer, dice: Dice): Buffer {
  const copy = Buffer.from(bytes);
  const at = placeIn(copy, dice);
  if (at < copy.length) copy[at] = dice.below(256);
  return copy;
}

/** An aligned number of two, four or eight bytes is rewritten. */
function rewritten(bytes: Buffer, dice: Dice, change: (value: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const size = dice.pick([2, 4, 4, 4, 8]);
  const at = placeIn(copy, dice) & ~(dice.pick([1, 2, 4]) - 1);
  if (at + size > copy.length) return copy;
  const little = dice.below(3) !== 0;
  const width = Math.min(size, 6);
  const value = change(little ? copy.readUIntLE(at, width) : copy.readUIntBE(at + size - width, width));
  const fitting = ((value % 2 ** (8 * width)) + 2 ** (8 * width)) % 2 ** (8 * width);
  copy.fill(0, at, at + size);
  if (little) copy.writeUIntLE(fitting, at, width);
  else copy.writeUIntBE(fitting, at + size - width, width);
  return copy;
}

function setNumber(bytes: Buffer, dice: Dice): Buffer {
  return rewritten(bytes, dice, () => (dice.below(3) === 0 ? bytes.length + dice.below(3) - 1 : dice.pick(HOSTILE)));
}

function addToNumber(bytes: Buffer, dice: Dice): Buffer {
  return rewritten(bytes, dice, (value) => value + dice.pick([-1, 1, 2, 4, 8, 16, 24, -8, -24, 64]));
}

/** A number is put where another one was: an offset, a size, an index of something else. */
function copyNumber(bytes: Buffer, dice: Dice): Buffer {
  const copy = Buffer.from(bytes);
  const size = dice.pick([1, 2, 4, 8, 16]);
  const from = placeIn(copy, dice);
  bytes.copy(copy, placeIn(copy, dice), from, from + size);
  return copy;
}

function cut(bytes: Buffer, dice: Dice): Buffer {
  if (dice.below(2) === 0) return bytes.subarray(0, dice.below(bytes.length + 1));
  const from = dice.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + dice.below(dice.pick([4, 64, 1024])))]);
}

function takeFrom(bytes: Buffer, dice: Dice, other: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const from = dice.below(other.length + 1);
  other.copy(copy, dice.below(copy.length + 1), from, from + dice.below(dice.pick([8, 64, 512])));
  return copy;
}

function doubleRange(bytes: Buffer, dice: Dice): Buffer {
  const from = dice.below(bytes.length + 1);
  const range = bytes.subarray(from, from + dice.below(dice.pick([8, 64, 512])));
  const at = dice.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), range, bytes.subarray(at)]);
}

const NAMES = ["x.o/", "/0", "#1/8", "/", "//", "__.SYMDEF", "/0:68", "a", "/<X>/", "", "#1/99"];

/** Two inputs, cut, as members of an archive of some kind; or slices of a universal file. */
function wrap(bytes: Buffer, dice: Dice, other: Buffer): Buffer {
  const parts = [bytes.subarray(0, LARGEST >> 1), other.subarray(0, dice.below(LARGEST >> 2))];
  if (dice.below(4) === 0) return universal(parts, dice);
  const table = archiveMember("//", Buffer.from("a-long-name-of-a-member.o/\nb.o\0"));
  const members = parts.map((part) => archiveMember(dice.pick(NAMES), part));
  return buildArchive([table, ...members], dice.pick(["!<arch>\n", "!<arch>\n", "!<thin>\n"]));
}

function universal(parts: readonly Buffer[], dice: Dice): Buffer {
  const is64 = dice.below(2) === 0;
  const entry = is64 ? 32 : 20;
  const header = Buffer.alloc(8 + parts.length * entry);
  header.writeUInt32BE(is64 ? 0xcafe_babf : 0xcafe_babe, 0);
  header.writeUInt32BE(parts.length, 4);
  let offset = header.length;
  for (const [index, part] of parts.entries()) {
    const at = 8 + index * entry;
    header.writeUInt32BE(dice.pick([0x0100_0007, 0x0100_000c]), at);
    header.writeUInt32BE(offset, at + (is64 ? 12 : 8));
    header.writeUInt32BE(part.length, at + (is64 ? 20 : 12));
    offset += part.length;
  }
  return Buffer.concat([header, ...parts]);
}
