/** Owns what the relocations of a range of code point to: a text, a function, a variable, each by name where it has one. */
import { LOCAL, SECTION } from "./classes.js";
import { isLabel } from "./labels.js";
import { SHF_CODE, SHF_MERGE, SHF_STRINGS, SHF_WRITE, SHT_NOBITS, sectionAt } from "./sections.js";
import { sectionNumber, symbolName, symbolSize, symbolType, symbolValue } from "./symbols.js";
import type { ObjectFile, Section } from "./model.js";
import { biasOf } from "./processors.js";
import { BY_SECTION, type RelocationTable, addendAt, entryStart, firstFrom } from "./relocations.js";
import { readU64, slice } from "./view.js";

/** A place in a section of the object, or outside of it (section 0), with the name that stands there. */
export interface Target {
  readonly name: string;
  /** Index into the sections; 0 where another object defines the name. */
  readonly section: number;
  readonly offset: number;
  /** Whether only this object sees the name. */
  readonly isLocal: boolean;
}

const STT_FUNCTION = 2;

/** What the relocations of `[start, end)` of a section point to, in the order of the code, each with its place. */
export function targetsIn(object: ObjectFile, table: RelocationTable | undefined, start: number, end: number): PlacedTarget[] {
  const found: PlacedTarget[] = [];
  if (table === undefined) return found;
  for (let index = firstFrom(table, start); index < table.count; index++) {
    const at = entryStart(table, index);
    const place = readU64(table.data, at);
    if (place >= end) break;
    const target = targetOf(object, table, at);
    if (target !== undefined) found.push({ ...target, at: place });
  }
  return found;
}

/** A target with the place in its section from which it is pointed to. */
export interface PlacedTarget extends Target {
  readonly at: number;
}

function targetOf(object: ObjectFile, { data }: RelocationTable, at: number): Target | undefined {
  const { symbols } = object;
  const symbol = data.getUint32(at + 12, true);
  const addend = addendAt(data, at);
  if (symbol >= BY_SECTION) return { name: "", section: symbol - BY_SECTION, offset: addend, isLocal: true };
  if (symbol === 0 || symbol >= symbols.count) return undefined;
  const section = Math.max(sectionNumber(symbols, symbol), 0);
  const bias = biasOf(object, data.getUint32(at + 8, true));
  const code = symbols.classes[symbol];
  return {
    name: symbolName(symbols, symbol),
    section,
    offset: section === 0 ? 0 : offsetOf(object, symbol, section) + addend + bias,
    isLocal: code === LOCAL || code === SECTION,
  };
}

/** A symbol's place in its section: Mach-O's values are addresses also before linking. */
function offsetOf({ format, view, sections, symbols }: ObjectFile, symbol: number, section: number): number {
  return symbolValue(symbols, symbol) - (format === "mach-o" ? sectionAt(view, sections, section).address : 0);
}

/** Control characters but for tabs and line ends, and what was no UTF-8. */
const UNPRINTABLE = /(?![\t\n\v\f\r])\p{Cc}|\ufffd/u;

/** The text at a target that lies among the constants, if one is there: printable, NUL-terminated, not empty. */
export function textOf(object: ObjectFile, target: Target): string | undefined {
  if (target.section === 0) return undefined;
  const section = sectionAt(object.view, object.sections, target.section);
  if (!holdsTexts(section) || target.offset < 0 || target.offset >= section.size) return undefined;
  const bytes = slice(object.view, section.offset, section.size, section.name);
  const end = bytes.indexOf(0, target.offset);
  const text = end < 0 ? "" : bytes.toString("utf8", target.offset, end);
  return text.length >= leastLength(section) && !UNPRINTABLE.test(text) ? text : undefined;
}

/** Among constants of all sorts, the lowest byte of a number is taken for a letter too often. */
function leastLength({ flags }: Section): number {
  return (flags & SHF_STRINGS) === 0 ? 2 : 1;
}

function holdsTexts({ type, flags, name }: Section): boolean {
  if (type === SHT_NOBITS || (flags & (SHF_WRITE | SHF_CODE)) !== 0) return false;
  if ((flags & SHF_STRINGS) !== 0) return true;
  return (flags & SHF_MERGE) === 0 && /^\.rodata|__cstring|\.rdata/.test(name);
}

export function isWritable(object: ObjectFile, section: number): boolean {
  return section > 0 && (sectionAt(object.view, object.sections, section).flags & SHF_WRITE) !== 0;
}

export function isCode(object: ObjectFile, section: number): boolean {
  return section > 0 && (sectionAt(object.view, object.sections, section).flags & SHF_CODE) !== 0;
}

/** Where a function lies. */
export interface Extent {
  readonly name: string;
  readonly section: number;
  readonly start: number;
  readonly end: number;
  readonly isLocal: boolean;
}

/** The functions of an object by section, in the order of their places; the one that a place lies in is found by `functionAt`. */
export type Functions = ReadonlyMap<number, readonly Extent[]>;

export function functionsOf(object: ObjectFile): Functions {
  const { symbols } = object;
  const found = new Map<number, Extent[]>();
  for (let index = 1; index < symbols.count; index++) {
    const section = sectionNumber(symbols, index);
    if (section <= 0 || symbolType(symbols, index) !== STT_FUNCTION) continue;
    const isLocal = symbols.classes[index] === LOCAL;
    if (isLocal && isLabel(object, index)) continue;
    const start = offsetOf(object, index, section);
    const extent = { name: symbolName(symbols, index), section, start, end: start + symbolSize(symbols, index), isLocal };
    found.set(section, [...(found.get(section) ?? []), extent]);
  }
  return found;
}

/** The function that a place lies in; one that others see is preferred over its local aliases. */
export function functionAt(functions: Functions, section: number, offset: number): Extent | undefined {
  const there = (functions.get(section) ?? []).filter(({ start, end }) => offset >= start && offset < Math.max(end, start + 1));
  return there.find(({ isLocal }) => !isLocal) ?? there[0];
}
