/** Owns what the digests of one object have in common: its sections' bytes, its relocations, its named places. */
import { type PointedPlaces, pointedPlaces } from "./constant-ends.js";
import type { ObjectFile } from "./model.js";
import { type NameHashes, nameHashes } from "./name-hashes.js";
import { type PlaceNames, placeNames } from "./place-names.js";
import type { Relocations } from "./relocations.js";
import { SECTION_HEADER, SHT_NOBITS } from "./sections.js";
import { checkRange, readU64, refuse } from "./view.js";

export interface BodySection {
  readonly number: number;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly size: number;
  readonly entrySize: number;
  /** Where the name starts in the object's section names. */
  readonly name: number;
  /** Where its bytes begin in `bytes`, which holds all of the object but of a very large one, and more than the section's then. */
  readonly start: number;
  readonly bytes: Buffer;
}

export interface BodyReader {
  readonly object: ObjectFile;
  readonly relocations: Relocations;
  readonly section: (number: number) => BodySection;
  readonly names: () => PlaceNames;
  readonly hashes: () => NameHashes;
  /** Where constants begin. */
  readonly pointed: () => PointedPlaces;
  readonly nested: Nested;
  /** Bytes that may still be digested. */
  budget: number;
}

/** What is known of bodies that only this object sees. */
export interface Nested {
  readonly digest: (reader: BodyReader, symbol: number) => string;
  /** By symbol; without those that were cut short somewhere. */
  readonly digests: Map<number, string>;
  /** Symbols whose bodies are being digested. */
  readonly open: Set<number>;
  /** How many may still be looked into, and how often one was told by its name instead. */
  left: number;
  cuts: number;
}

/** Bodies that are looked into for one digest. */
export const MOST_NESTED = 256;

/** Bytes that may be digested of an object. */
export function budgetOf({ view }: ObjectFile): number {
  return view.size * BUDGET_FACTOR + BUDGET_LEAST;
}

/** Bodies seldom overlap; an object of hostile sizes must not cost the square of its length. */
const BUDGET_FACTOR = 64;
const BUDGET_LEAST = 0x100_0000;
/** Of larger objects sections are read one by one. */
const LARGEST_WHOLE = 0x400_0000;
const NOTHING = Buffer.alloc(0);

/** @param digest of a definition, by the index of its symbol */
export function createReader(object: ObjectFile, digest: Nested["digest"]): BodyReader {
  const whole = object.view.size <= LARGEST_WHOLE ? object.view.bytes : undefined;
  const sections: (BodySection | undefined)[] = [];
  let names: PlaceNames | undefined;
  let pointed: PointedPlaces | undefined;
  let hashes: NameHashes | undefined;
  function section(number: number): BodySection {
    return (sections[number] ??= readSection(object, number, whole));
  }
  const reader: BodyReader = {
    object,
    relocations: object.relocations(),
    section,
    names: () => (names ??= placeNames(object)),
    hashes: () => (hashes ??= nameHashes(object)),
    pointed: () => (pointed ??= pointedPlaces(reader)),
    nested: { digest, digests: new Map(), open: new Set(), left: 0, cuts: 0 },
    budget: budgetOf(object),
  };
  return reader;
}

function readSection({ view, sections, place }: ObjectFile, number: number, whole: Buffer | undefined): BodySection {
  if (number >= sections.count) refuse(place, "section index", 0, `section ${number} of ${sections.count}`);
  const { headers } = sections;
  const at = number * SECTION_HEADER;
  const type = headers.getUint32(at + 4, true);
  const offset = readU64(headers, at + 24);
  const size = readU64(headers, at + 32);
  const inFile = type !== SHT_NOBITS;
  if (inFile) checkRange(view, offset, size, "section bytes");
  return {
    number,
    type,
    flags: readU64(headers, at + 8),
    address: readU64(headers, at + 16),
    size,
    entrySize: readU64(headers, at + 56),
    name: headers.getUint32(at, true),
    start: inFile && whole !== undefined ? offset : 0,
    bytes: inFile ? (whole ?? view.load(offset, size)) : NOTHING,
  };
}
