/**
 * Owns the bytes of a section as the compiler meant them: compressed debug sections (SHF_COMPRESSED, System V ABI; the older
 * `.zdebug_`) are inflated, never beyond what they announce and a cap.
 */
import { inflateSync } from "node:zlib";

import { messageOf } from "../support/errors.js";
import type { ObjectFile, Section } from "./model.js";
import { SHT_NOBITS } from "./sections.js";
import { dataView, exact, readU64, refuse, slice } from "./view.js";
import { unpackZstd } from "./zstd.js";

const SHF_COMPRESSED = 0x800;
const ZLIB = 1;
const ZSTD = 2;
const OLD_HEADER = 12;

/** Largest section that is inflated unless asked otherwise. */
export const LARGEST_CONTENTS = 0x4000_0000;
/** No zlib stream unpacks to more than this many times its own length. */
const BEST_RATIO = 1040;

/** What of an object is needed. */
type Container = Pick<ObjectFile, "place" | "view" | "format" | "bits" | "littleEndian">;

/** Empty for a section that has no bytes in the file. Throws `object-invalid` beyond `largest` bytes, or where the data is damaged. */
export function sectionContents(object: Container, section: Section, largest = LARGEST_CONTENTS): Buffer {
  if (section.type === SHT_NOBITS) return Buffer.alloc(0);
  const bytes = slice(object.view, section.offset, section.size, section.name);
  const packed = object.format === "elf" && isCompressed(section) ? header(object, section, bytes) : oldHeader(section, bytes);
  if (packed === undefined) return bytes;
  if (packed.type === ZLIB && packed.size > bytes.length * BEST_RATIO) {
    refuse(object.place, `ch_size of ${section.name}`, section.offset, `${bytes.length} bytes cannot unpack to ${packed.size}`);
  }
  if (packed.size > largest) {
    refuse(
      object.place,
      `ch_size of ${section.name}`,
      section.offset,
      `${packed.size} bytes are more than the ${largest} that are inflated`,
    );
  }
  return inflate(object, section, packed, bytes.subarray(packed.start));
}

function isCompressed({ flags }: Section): boolean {
  return Math.floor(flags / SHF_COMPRESSED) % 2 === 1;
}

interface Packed {
  readonly type: number;
  readonly size: number;
  /** Where the compressed data starts. */
  readonly start: number;
}

/** Elf32_Chdr, Elf64_Chdr. */
function header({ bits, littleEndian, place }: Container, section: Section, bytes: Buffer): Packed {
  const start = bits === 64 ? 24 : 12;
  if (bytes.length < start) refuse(place, `ch_type of ${section.name}`, section.offset, `${bytes.length} bytes are too few`);
  const data = dataView(bytes);
  const size = bits === 64 ? readU64(data, 8, littleEndian) : data.getUint32(4, littleEndian);
  return { type: data.getUint32(0, littleEndian), size: exact(place, size, section.offset, `ch_size of ${section.name}`), start };
}

/** `ZLIB` and the size in eight bytes, big-endian whatever the object is. */
function oldHeader({ name }: Section, bytes: Buffer): Packed | undefined {
  if (!/^(__DWARF,_)?[._]_?zdebug_/.test(name) || bytes.length < OLD_HEADER || bytes.toString("latin1", 0, 4) !== "ZLIB") return undefined;
  return { type: ZLIB, size: readU64(dataView(bytes), 4, false), start: OLD_HEADER };
}

function inflate({ place }: Container, section: Section, { type, size }: Packed, data: Buffer): Buffer {
  const unpack = type === ZLIB ? inflateSync : type === ZSTD ? unpackZstd : undefined;
  const field = `data of ${section.name}`;
  if (unpack === undefined)
    refuse(place, field, section.offset, `compression ${type} is not known`, "unpack it with `objcopy --decompress-debug-sections`");
  let contents: Buffer;
  try {
    contents = unpack(data, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    return refuse(place, field, section.offset, `it does not unpack to ${size} bytes: ${messageOf(error)}`);
  }
  if (contents.length !== size) refuse(place, field, section.offset, `${contents.length} bytes came out, ${size} are announced`);
  return contents;
}
