/** Owns the bytes of a section that may be compressed: SHF_COMPRESSED with zlib, and GNU's older `.zdebug_*`. */
import { inflateSync } from "node:zlib";

import { SHT_NOBITS } from "../elf-header.js";
import type { ObjectFile, Section } from "../model.js";
import { refuse, slice } from "../view.js";

const SHF_COMPRESSED = 0x800;
const ELFCOMPRESS_ZLIB = 1;
const ELFCOMPRESS_ZSTD = 2;
/** No zlib stream unpacks to more than this many times its own length. */
const BEST_RATIO = 1040;

/** The content of a section as the compiler wrote it. A section without bytes in the file is empty. */
export function unpackedBytes(object: ObjectFile, section: Section, little: boolean): Buffer {
  if (section.type === SHT_NOBITS) return Buffer.alloc(0);
  const bytes = slice(object.view, section.offset, section.size, section.name);
  if ((section.flags & SHF_COMPRESSED) !== 0) return unpackHeadered(object, section, bytes, little);
  return section.name.startsWith(".zdebug_") ? unpackGnu(object, section, bytes) : bytes;
}

function unpackHeadered(object: ObjectFile, section: Section, bytes: Buffer, little: boolean): Buffer {
  const wide = object.view.bytes[4] === 2;
  const header = wide ? 24 : 12;
  if (bytes.length < header)
    refuse(object.place, `ch_type of ${section.name}`, section.offset, `the header of ${header} bytes is cut short`);
  const type = little ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0);
  if (type === ELFCOMPRESS_ZSTD) {
    refuse(
      object.place,
      `ch_type of ${section.name}`,
      section.offset,
      "it is compressed with zstd, which is not read",
      "build with -gz=zlib",
    );
  }
  if (type !== ELFCOMPRESS_ZLIB) refuse(object.place, `ch_type of ${section.name}`, section.offset, `${type} is no known compression`);
  return inflate(object, section, bytes.subarray(header), sizeAt(bytes, wide, little));
}

function sizeAt(bytes: Buffer, wide: boolean, little: boolean): number {
  if (!wide) return little ? bytes.readUInt32LE(4) : bytes.readUInt32BE(4);
  return Number(little ? bytes.readBigUInt64LE(8) : bytes.readBigUInt64BE(8));
}

function unpackGnu(object: ObjectFile, section: Section, bytes: Buffer): Buffer {
  if (bytes.toString("latin1", 0, 4) !== "ZLIB") return bytes;
  if (bytes.length < 12) refuse(object.place, section.name, section.offset, "the header of 12 bytes is cut short");
  return inflate(object, section, bytes.subarray(12), Number(bytes.readBigUInt64BE(4)));
}

function inflate(object: ObjectFile, section: Section, bytes: Buffer, size: number): Buffer {
  const field = `ch_size of ${section.name}`;
  if (size > bytes.length * BEST_RATIO) refuse(object.place, field, section.offset, `${bytes.length} bytes cannot unpack to ${size}`);
  let unpacked: Buffer;
  try {
    unpacked = inflateSync(bytes, { maxOutputLength: Math.max(size, 1) });
  } catch (error) {
    refuse(object.place, section.name, section.offset, `it cannot be unpacked (${error instanceof Error ? error.message : String(error)})`);
  }
  if (unpacked.length !== size) refuse(object.place, field, section.offset, `${unpacked.length} bytes came out, not ${size}`);
  return unpacked;
}
