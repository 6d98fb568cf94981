/** Owns what the digests of one object have in common: its sections' bytes, its relocations, its named places. */
import type { ObjectFile } from "./model.js";
import { type PlaceNames, placeNames } from "./place-names.js";
import type { Relocations } from "./relocations.js";
import { SECTION_HEADER, SHT_NOBITS } from "./sections.js";
import { readU64, refuse, slice } from "./view.js";

export interface BodySection {
  readonly number: number;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly size: number;
  readonly entrySize: number;
  /** Where the name starts in the object's section names. */
  readonly name: number;
  /** Empty for one that has none in the file. */
  readonly bytes: Buffer;
}

export interface BodyReader {
  readonly object: ObjectFile;
  readonly relocations: Relocations;
  readonly section: (number: number) => BodySection;
  readonly names: () => PlaceNames;
  /** Bytes that may still be digested. */
  budget: number;
}

/** Bodies seldom overlap; an object of hostile sizes must not cost the square of its length. */
const BUDGET_FACTOR = 64;
const BUDGET_LEAST = 0x100_0000;

export function bodyReader(object: ObjectFile): BodyReader {
  const sections = new Map<number, BodySection>();
  let names: PlaceNames | undefined;
  function section(number: number): BodySection {
    let found = sections.get(number);
    if (found === undefined) sections.set(number, (found = readSection(object, number)));
    return found;
  }
  return {
    object,
    relocations: object.relocations(),
    section,
    names: () => (names ??= placeNames(object)),
    budget: object.view.size * BUDGET_FACTOR + BUDGET_LEAST,
  };
}

function readSection({ view, sections, place }: ObjectFile, number: number): BodySection {
  if (number >= sections.count) refuse(place, "section index", 0, `section ${number} of ${sections.count}`);
  const { headers } = sections;
  const at = number * SECTION_HEADER;
  const type = headers.getUint32(at + 4, true);
  const size = readU64(headers, at + 32);
  return {
    number,
    type,
    flags: readU64(headers, at + 8),
    address: readU64(headers, at + 16),
    size,
    entrySize: readU64(headers, at + 56),
    name: headers.getUint32(at, true),
    bytes: type === SHT_NOBITS ? Buffer.alloc(0) : slice(view, readU64(headers, at + 24), size, "section bytes"),
  };
}
