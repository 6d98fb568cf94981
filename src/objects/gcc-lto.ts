/** Owns the refusal of GCC's -flto objects without code: sections `.gnu.lto_*` and the marker symbol `__gnu_lto_slim`. */
import type { ObjectFile } from "./model.js";
import { hasSection } from "./sections.js";
import { symbolName } from "./symbols.js";
import { refuse } from "./view.js";

const PREFIX = Buffer.from(".gnu.lto_");

export function refuseSlimLto(object: ObjectFile): void {
  if (!object.sections.names.bytes.includes(PREFIX)) return;
  if (!hasSection(object, ".gnu.lto_") || !hasSlimMarker(object)) return;
  refuse(
    object.place,
    ".gnu.lto_",
    0,
    "a GCC LTO object has no code yet, only the compiler's own notes",
    "build without -flto, or with -ffat-lto-objects, and give those objects",
  );
}

/** Mach-O and 32-bit Windows put one `_` more before it. */
function hasSlimMarker(object: ObjectFile): boolean {
  for (let index = 1; index < object.symbols.count; index++) {
    if (/^_?__gnu_lto_slim$/.test(symbolName(object.symbols, index))) return true;
  }
  return false;
}
