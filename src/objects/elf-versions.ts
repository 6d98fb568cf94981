/** Owns the versions of names that a linked ELF file exports (GNU's `.gnu.version` and `.gnu.version_d`; LSB, "Symbol Versioning"). */
import { linkedStrings } from "./elf-header.js";
import type { ObjectFile } from "./model.js";
import { sectionAt, sectionType } from "./sections.js";
import { type StringTable, stringAt } from "./strings.js";
import { records } from "./view.js";

const SHT_GNU_VERDEF = 0x6fff_fffd;
const SHT_GNU_VERSYM = 0x6fff_ffff;
/** The bit of a version that only asks for it by name get. */
const HIDDEN = 0x8000;
/** Smaller numbers mean local, and exported without a version. */
const FIRST_VERSION = 2;

export interface Versions {
  /** By name the versions that this file defines it in. */
  readonly exported: ReadonlyMap<string, readonly string[]>;
  /** The versions themselves, which are listed among the symbols. */
  readonly names: ReadonlySet<string>;
}

/** Undefined for a file that has none. Throws `object-invalid`. */
export function versionsOf(object: ObjectFile): Versions | undefined {
  if (object.format !== "elf" || object.kind === "relocatable") return undefined;
  const defined = sectionOf(object, SHT_GNU_VERDEF);
  const ofSymbols = sectionOf(object, SHT_GNU_VERSYM);
  if (defined === 0 || ofSymbols === 0) return undefined;
  const byNumber = definedVersions(object, defined);
  return { exported: exportedNames(object, ofSymbols, byNumber), names: new Set(byNumber.values()) };
}

function sectionOf({ sections }: ObjectFile, type: number): number {
  for (let index = 1; index < sections.count; index++) if (sectionType(sections, index) === type) return index;
  return 0;
}

/** Versions by their number. Entries: version, flags, number, names (2 bytes each), hash, offset of the names, of the next entry. */
function definedVersions({ view, sections, littleEndian }: ObjectFile, index: number): Map<number, string> {
  const section = sectionAt(view, sections, index);
  const data = records(view, section.offset, section.size, 1, section.name);
  const texts = linkedStrings(view, sections, section.link, "names of versions");
  const found = new Map<number, string>();
  for (let at = 0; at + 20 <= data.byteLength;) {
    const number = data.getUint16(at + 4, littleEndian);
    const name = at + data.getUint32(at + 12, littleEndian);
    if (number >= FIRST_VERSION && name + 4 <= data.byteLength) found.set(number, stringAt(texts, data.getUint32(name, littleEndian)));
    const next = data.getUint32(at + 16, littleEndian);
    if (next === 0) break;
    at += next;
  }
  return found;
}

/** Names of the dynamic symbol table with their versions. */
function exportedNames(object: ObjectFile, index: number, byNumber: ReadonlyMap<number, string>): Map<string, string[]> {
  const { view, sections, littleEndian, bits } = object;
  const numbers = sectionAt(view, sections, index);
  const symbols = sectionAt(view, sections, numbers.link);
  const entry = bits === 64 ? 24 : 16;
  const count = Math.min(Math.floor(numbers.size / 2), Math.floor(symbols.size / entry));
  const ofSymbols = records(view, numbers.offset, count, 2, numbers.name);
  const entries = records(view, symbols.offset, count, entry, symbols.name);
  const texts: StringTable = linkedStrings(view, sections, symbols.link, "names of symbols");
  const found = new Map<string, string[]>();
  for (let symbol = 1; symbol < count; symbol++) {
    const version = byNumber.get(ofSymbols.getUint16(symbol * 2, littleEndian) & ~HIDDEN);
    const section = entries.getUint16(symbol * entry + (bits === 64 ? 6 : 14), littleEndian);
    if (version === undefined || section === 0) continue;
    const name = stringAt(texts, entries.getUint32(symbol * entry, littleEndian));
    const known = found.get(name);
    if (known === undefined) found.set(name, [version]);
    else known.push(version);
  }
  return found;
}
