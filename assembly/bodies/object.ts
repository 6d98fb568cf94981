/** Owns the object whose bodies are digested: where its tables lie, and checked access to them. */
import { reset, take, takeZeros } from "./memory";
import { startSink } from "./sink";

export const NOBITS: u32 = 8;
const RELA: u32 = 4;
const REL: u32 = 9;
const CREL: u32 = 0x4000_0014;
export const WRITE: u32 = 1;
export const ALLOC: u32 = 2;
export const CODE: u32 = 4;
export const MERGE: u32 = 0x10;
export const STRINGS: u32 = 0x20;
export const LOCAL: u8 = 4;
export const SECTION: u8 = 7;
export const FILE: u8 = 8;
const X86_64 = 62;
/** Section numbers of symbols without a section. */
export const ABSOLUTE = -1;
export const COMMON = -2;
/** Larger numbers are no sound object's, and left to the other reader. */
const LARGEST: u64 = 1 << 40;

/** Set when something is odd: the rest of the object is left to the other reader, which says what it is. */
export let odd = false;

export function setOdd(): void {
  odd = true;
}

export let bytes: usize = 0;
let size: u32 = 0;
let headers: usize = 0;
export let sections: i32 = 0;
let entries: usize = 0;
export let symbols: i32 = 0;
let strings: usize = 0;
export let stringsSize: u32 = 0;
let classes: usize = 0;
let extended: usize = 0;
let machine: i32 = 0;
export let sectionNames: usize = 0;
export let sectionNamesSize: u32 = 0;
/** Per section the one with its relocations, or 0. */
let tables: usize = 0;

/** Room for an object of so many bytes, and of its parts that lie elsewhere. */
export function room(length: u32): usize {
  reset();
  size = length;
  return (bytes = take(length));
}

export function roomFor(length: u32): usize {
  return take(length);
}

/** Where the tables lie; false where relocations are of a kind that is not read here. */
export function open(
  headersAt: usize,
  sectionCount: i32,
  sectionNamesAt: usize,
  sectionNamesLength: u32,
  entriesAt: usize,
  symbolCount: i32,
  stringsAt: usize,
  stringsLength: u32,
  classesAt: usize,
  extendedAt: usize,
  machineNumber: i32,
): bool {
  odd = false;
  headers = headersAt;
  sections = sectionCount;
  sectionNames = sectionNamesAt;
  sectionNamesSize = sectionNamesLength;
  entries = entriesAt;
  symbols = symbolCount;
  strings = stringsAt;
  stringsSize = stringsLength;
  classes = classesAt;
  extended = extendedAt;
  machine = machineNumber;
  startSink(<usize>size + 0x4_0000);
  return findTables();
}

function findTables(): bool {
  tables = takeZeros(<usize>sections << 2);
  for (let index = 1; index < sections; index++) {
    const type = sectionType(index);
    if (type == REL || type == CREL || load<u32>(header(index), 12) != 0) return false;
    if (type != RELA) continue;
    const target = load<u32>(header(index), 44);
    const length = load<u64>(header(index), 32);
    if (target >= <u32>sections || load<u32>(tables + (<usize>target << 2)) != 0) return false;
    if (load<u64>(header(index), 56) != 24 || length % 24 != 0 || !inFile(index)) return false;
    store<i32>(tables + (<usize>target << 2), index);
  }
  return true;
}

@inline
function header(section: i32): usize {
  return headers + (<usize>section << 6);
}

@inline
export function sectionType(section: i32): u32 {
  return load<u32>(header(section), 4);
}

/** Where the name begins among the sections' names. */
@inline
export function sectionName(section: i32): u32 {
  return load<u32>(header(section));
}

/** The lower half; nothing is in the upper one. */
@inline
export function sectionFlags(section: i32): u32 {
  return load<u32>(header(section), 8);
}

@inline
export function sectionSize(section: i32): i64 {
  return checked(load<i64>(header(section), 32));
}

@inline
export function entrySize(section: i32): u64 {
  return load<u64>(header(section), 56);
}

/** Where its bytes lie. */
@inline
export function sectionBytes(section: i32): usize {
  return bytes + <usize>load<u32>(header(section), 24);
}

function inFile(section: i32): bool {
  const offset = load<u64>(header(section), 24);
  const length = load<u64>(header(section), 32);
  return offset <= size && length <= size - offset;
}

/** Whether the section's bytes may be read. */
export function isSound(section: i32): bool {
  const sound = section > 0 && section < sections && (sectionType(section) == NOBITS || inFile(section));
  if (!sound) odd = true;
  return sound;
}

/** Whether relocations patch the section, by their own section; 0 for none. */
@inline
export function tableOf(section: i32): i32 {
  return load<i32>(tables + (<usize>section << 2));
}

@inline
export function entryCount(table: i32): i32 {
  return <i32>(load<u32>(header(table), 32) / 24);
}

/** A number without a sign. */
@inline
function checked(value: i64): i64 {
  if (<u64>value > LARGEST) odd = true;
  return value;
}

@inline
export function checkedAddend(value: i64): i64 {
  if (<u64>(value < 0 ? -value : value) > LARGEST) odd = true;
  return value;
}

@inline
export function symbolClass(symbol: i32): u8 {
  return load<u8>(classes + symbol);
}

@inline
export function symbolValue(symbol: i32): i64 {
  return checked(load<i64>(entries + <usize>symbol * 24, 8));
}

@inline
export function symbolSize(symbol: i32): i64 {
  return checked(load<i64>(entries + <usize>symbol * 24, 16));
}

/** Where the name begins among the names. */
@inline
export function nameIndex(symbol: i32): u32 {
  return load<u32>(entries + <usize>symbol * 24);
}

/** A byte of the names; 0 behind them. */
@inline
export function nameByte(at: u32): u8 {
  return at < stringsSize ? load<u8>(strings + at) : 0;
}

export function sectionNumber(symbol: i32): i32 {
  const number = <i32>load<u16>(entries + <usize>symbol * 24, 6);
  if (number < 0xff00) return number;
  if (number == 0xffff) return extended == 0 ? 0 : load<i32>(extended + (<usize>symbol << 2));
  return number == 0xfff2 || number == 0xff02 ? COMMON : ABSOLUTE;
}

/** Labels of compiler and assembler are no names. */
export function isLabel(symbol: i32): bool {
  const at = nameIndex(symbol);
  const first = nameByte(at);
  if (first == 0x2e) return nameByte(at + 1) == 0x4c;
  return first == 0 || first == 0x24;
}

/** How far the place that a relocation means lies behind its addend: of a field of four bytes that is relative to its end. */
export function biasOf(type: u32): i64 {
  return machine == X86_64 && (type == 2 || type == 4 || type == 9 || type == 41 || type == 42) ? 4 : 0;
}
