/** Owns the reading of one ELF object from its bytes. */
import { readHeader, sectionAt } from "./elf-header.js";
import { readSymbols, symbolName } from "./elf-symbols.js";
import { wantElf } from "./identify.js";
import type { ObjectFile } from "./model.js";
import { type View, refuse } from "./view.js";

/** Reads header, sections and symbols. Throws `object-invalid` on anything else than a sound 64-bit little-endian ELF file. */
export function readElf(view: View): ObjectFile {
  wantElf(view);
  const { kind, machine, sections } = readHeader(view);
  const symbols = readSymbols(view, sections);
  const object = { place: view.place, kind, machine, view, sections, symbols };
  refuseSlimLto(object);
  return object;
}

/** GCC's -flto objects without code: sections `.gnu.lto_*` and the marker symbol `__gnu_lto_slim`. */
function refuseSlimLto(object: ObjectFile): void {
  if (!object.symbols.strings.text.includes("__gnu_lto_slim")) return;
  if (!hasLtoSection(object) || !hasSlimMarker(object)) return;
  refuse(
    object.place,
    ".gnu.lto_",
    0,
    "a GCC LTO object has no code yet, only the compiler's own notes",
    "build without -flto, or with -ffat-lto-objects, and give those objects",
  );
}

function hasLtoSection(object: ObjectFile): boolean {
  for (let index = 1; index < object.sections.count; index++) {
    if (sectionAt(object.view, object.sections, index).name.startsWith(".gnu.lto_")) return true;
  }
  return false;
}

function hasSlimMarker(object: ObjectFile): boolean {
  for (let index = 1; index < object.symbols.count; index++) {
    if (symbolName(object.symbols, index) === "__gnu_lto_slim") return true;
  }
  return false;
}
