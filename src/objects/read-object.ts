/** Owns the choice of the reader for an object. */
import { readCoff } from "./coff.js";
import { readElf } from "./elf.js";
import { refuseSlimLto } from "./gcc-lto.js";
import { formatOf, wantObject } from "./identify.js";
import { readMachO } from "./mach-o.js";
import type { ObjectFile } from "./model.js";
import { type View, slice } from "./view.js";

const READERS = { elf: readElf, "mach-o": readMachO, coff: readCoff };

/** Throws `object-invalid` on what is no sound object of a known format, or has no code yet. */
export function readObject(view: View): ObjectFile {
  const format = wantObject(formatOf(slice(view, 0, Math.min(8, view.size), "magic")), view.place);
  const object = READERS[format](view);
  refuseSlimLto(object);
  return object;
}
