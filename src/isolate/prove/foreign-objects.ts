/** Owns which objects among others the proof cannot compare, told by their first bytes. */
import { formatOf, type Format } from "../../objects/identify.js";

/** So many bytes tell it. */
export const HEAD = 20;

const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const RELOCATABLE = 1;

const NAMES: Readonly<Record<Exclude<Format, "elf">, string>> = {
  archive: "an archive inside an archive",
  "thin-archive": "a thin archive inside an archive",
  bitcode: "LLVM bitcode",
  "mach-o": "a Mach-O object",
  universal: "a universal file of Mach-O objects",
  coff: "a COFF object",
  pe: "a linked PE file",
  unknown: "no object file: its first bytes belong to no known format",
};

/** Why an object with these first bytes cannot be compared; null for 64-bit little-endian ELF that is not linked (its header: ELF-64, "ELF Header"). */
export function foreignReason(head: Buffer): string | null {
  const format = formatOf(head);
  if (format !== "elf") return `${NAMES[format]}; the proof compares 64-bit little-endian ELF`;
  if (head.length < HEAD) return null;
  if (head[4] !== CLASS_64 || head[5] !== LITTLE_ENDIAN)
    return "ELF of a 32-bit or big-endian target; the proof compares 64-bit little-endian ELF";
  return head.readUInt16LE(16) === RELOCATABLE ? null : "an ELF file that is linked already";
}

/** Libtool puts a text of this name beside each object: `# unit.lo - a libtool object file`. */
export function isLibtoolScript(path: string, head: Buffer): boolean {
  return path.endsWith(".lo") && head[0] === "#".charCodeAt(0);
}
