/** Owns the recognition of a file's format, and the refusal of formats that are not read. */
import { type Place, refuse } from "./view.js";

export type Format = "elf" | "archive" | "thin-archive" | "bitcode" | "mach-o" | "universal" | "coff" | "pe" | "unknown";

/** By the first four bytes, big-endian. */
const MAGICS: ReadonlyMap<number, Format> = new Map<number, Format>([
  [0x7f45_4c46, "elf"],
  [0x4243_c0de, "bitcode"],
  [0xdec0_170b, "bitcode"],
  [0xfeed_face, "mach-o"],
  [0xfeed_facf, "mach-o"],
  [0xcefa_edfe, "mach-o"],
  [0xcffa_edfe, "mach-o"],
  [0xcafe_babe, "universal"],
  [0xcafe_babf, "universal"],
  [0x0000_ffff, "coff"],
]);

/** By the first two: COFF's processors, and DOS's `MZ`. */
const SHORT_MAGICS: ReadonlyMap<number, Format> = new Map<number, Format>([
  [0x6486, "coff"],
  [0x4c01, "coff"],
  [0x64aa, "coff"],
  [0x41a6, "coff"],
  [0x4ea6, "coff"],
  [0xc001, "coff"],
  [0xc201, "coff"],
  [0xc401, "coff"],
  [0x4d5a, "pe"],
]);

/** A Java class begins like a universal file, with its version (45 or more) where that has the number of its slices. */
const FIRST_JAVA_VERSION = 43;

/** The format by its first eight bytes: ELF, ar, LLVM bitcode (raw, wrapped), Mach-O (thin, universal), COFF (plain, big, import), PE. */
export function formatOf(bytes: Buffer): Format {
  const format = bytes.length < 4 ? undefined : MAGICS.get(bytes.readUInt32BE(0));
  if (format === "universal") return bytes.length >= 8 && bytes.readUInt32BE(4) >= FIRST_JAVA_VERSION ? "unknown" : format;
  return format ?? archiveOf(bytes) ?? (bytes.length < 2 ? undefined : SHORT_MAGICS.get(bytes.readUInt16BE(0))) ?? "unknown";
}

function archiveOf(bytes: Buffer): Format | undefined {
  if (bytes[0] !== 0x21) return undefined;
  const head = bytes.toString("latin1", 0, 8);
  if (head === "!<arch>\n") return "archive";
  return head === "!<thin>\n" ? "thin-archive" : undefined;
}

export type ReadFormat = "elf" | "mach-o" | "coff";

/** Refuses what is no object, with what to do. */
export function wantObject(format: Format, place: Place): ReadFormat {
  if (format === "elf" || format === "mach-o" || format === "coff") return format;
  const [problem, hint] = REFUSALS[format];
  return refuse(place, "magic", 0, problem, format === "unknown" && place.member === null ? "give an object file or an archive" : hint);
}

const REFUSALS: Readonly<Record<Exclude<Format, ReadFormat>, readonly [string, string]>> = {
  archive: [
    "an archive inside an archive, which linkers do not look into",
    "unpack it with `ar x` and give its objects or the archive itself",
  ],
  "thin-archive": ["a thin archive inside an archive, which linkers do not look into", "give the thin archive itself"],
  universal: ["a universal file inside another one", "take out its slices with `lipo -extract`"],
  bitcode: ["LLVM bitcode has no final symbols and no code yet", "build without -flto, or with -ffat-lto-objects, and give those objects"],
  pe: ["a linked PE file (Windows), whose symbols are gone", "give the objects or the .lib files that it is linked from"],
  unknown: ["no object file: the first bytes belong to no known format", "take it out of the archive with `ar d`, or give another file"],
};
