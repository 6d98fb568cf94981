/** Owns universal Mach-O files: one file per architecture, one behind the other (Apple, <mach-o/fat.h>; all big-endian). */
import type { Source } from "./file.js";
import { architectureName } from "./mach-o-layout.js";
import { type Place, dataView, exact, readU64, refuse } from "./view.js";

export interface Slice {
  /** As `lipo` names it. */
  readonly architecture: string;
  readonly offset: number;
  readonly size: number;
}

const HEADER = 8;

/** The slices, in order; with `architecture` only that one, which must be there. */
export function slicesOf(source: Source, place: Place, architecture: string | undefined): Slice[] {
  const header = source.read(place, 0, HEADER, "universal header");
  const entry = header.readUInt32BE(0) === 0xcafe_babf ? 32 : 20;
  const count = header.readUInt32BE(4);
  const table = dataView(source.read(place, HEADER, count * entry, "slices"));
  const slices = Array.from({ length: count }, (_, index) => readSlice(place, source.size, table, index * entry, entry));
  if (architecture === undefined) return slices;
  const chosen = slices.filter((one) => one.architecture === architecture);
  if (chosen.length > 0) return chosen;
  const present = slices.map((one) => one.architecture).join(", ");
  return refuse(place, "slices", HEADER, `no slice is called ${architecture}; there are: ${present}`, "name one of these architectures");
}

function readSlice(place: Place, fileSize: number, table: DataView, at: number, entry: number): Slice {
  const is64 = entry === 32;
  const offset = is64 ? exact(place, readU64(table, at + 8, false), HEADER + at + 8, "offset of slice") : table.getUint32(at + 8);
  const size = is64 ? exact(place, readU64(table, at + 16, false), HEADER + at + 16, "size of slice") : table.getUint32(at + 12);
  if (offset + size > fileSize) refuse(place, "size of slice", HEADER + at, `the slice ends at ${offset + size}, the file at ${fileSize}`);
  return { architecture: architectureName(table.getUint32(at), table.getUint32(at + 4)), offset, size };
}
