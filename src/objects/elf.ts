/** Owns the reading of one ELF object from its bytes. */
import { elfGroups } from "./elf-groups.js";
import { readHeader } from "./elf-header.js";
import { elfRelocations } from "./elf-relocations.js";
import { readSymbols } from "./elf-symbols.js";
import type { ObjectFile } from "./model.js";
import { once } from "./once.js";
import type { View } from "./view.js";

/** Reads header, sections and symbols. Throws `object-invalid` on anything else than a sound ELF file. */
export function readElf(view: View): ObjectFile {
  const { layout, kind, machine, flags, sections } = readHeader(view);
  const symbols = readSymbols(view, sections, layout);
  const { bits, littleEndian } = layout;
  const object = { place: view.place, format: "elf" as const, bits, littleEndian, kind, machine, flags, view, sections, symbols };
  return { ...object, relocations: once(() => elfRelocations(object, layout)), groups: once(() => elfGroups(object)) };
}
