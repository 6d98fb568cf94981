/** Owns the recognition of a file's format, and the refusal of formats that are not read. */
import { type View, refuse } from "./view.js";

export type Format = "elf" | "archive" | "thin-archive" | "bitcode" | "mach-o" | "coff" | "pe" | "unknown";

const MAGICS: readonly (readonly [string, Format])[] = [
  ["7f454c46", "elf"],
  ["213c617263683e0a", "archive"],
  ["213c7468696e3e0a", "thin-archive"],
  ["4243c0de", "bitcode"],
  ["dec0170b", "bitcode"],
  ["feedface", "mach-o"],
  ["feedfacf", "mach-o"],
  ["cefaedfe", "mach-o"],
  ["cffaedfe", "mach-o"],
  ["cafebabe", "mach-o"],
  ["cafebabf", "mach-o"],
  ["4d5a", "pe"],
  ["0000ffff", "coff"],
  ["6486", "coff"],
  ["4c01", "coff"],
  ["64aa", "coff"],
  ["c401", "coff"],
];

/** The format by its first bytes: ELF, ar, LLVM bitcode (raw, wrapped), Mach-O (thin, universal), COFF (plain, big), PE. */
export function formatOf(bytes: Buffer): Format {
  const head = bytes.subarray(0, 8).toString("hex");
  return MAGICS.find(([magic]) => head.startsWith(magic))?.[1] ?? "unknown";
}

/** Refuses everything but ELF, with what to do. */
export function wantElf(view: View): void {
  const format = formatOf(view.bytes);
  if (format === "elf") return;
  const [problem, hint] = REFUSALS[format];
  refuse(view.place, "magic", 0, problem, hint);
}

const ELF_ONLY = "give the build for Linux or Android (ELF) instead";

const REFUSALS: Readonly<Record<Exclude<Format, "elf">, readonly [string, string]>> = {
  archive: [
    "an archive inside an archive, which linkers do not look into",
    "unpack it with `ar x` and give its objects or the archive itself",
  ],
  "thin-archive": ["a thin archive inside an archive, which linkers do not look into", "give the thin archive itself"],
  bitcode: ["LLVM bitcode has no final symbols and no code yet", "build without -flto, or with -ffat-lto-objects, and give those objects"],
  "mach-o": ["a Mach-O file (Apple); only ELF is read", ELF_ONLY],
  coff: ["a COFF object (Windows); only ELF is read", ELF_ONLY],
  pe: ["a PE file (Windows); only ELF is read", ELF_ONLY],
  unknown: ["no object file: the first bytes belong to no known format", "take it out of the archive with `ar d`, or give another file"],
};
