/** Owns the content of unnamed constants: what lies at a place that no symbol names. */
import type { BodySection } from "./body-reader.js";
import { SHF_CODE, SHF_MERGE, SHF_STRINGS, SHF_WRITE, SHT_NOBITS } from "./sections.js";

/**
 * Where the constant at an unnamed place of a section ends that only holds constants of one sort: the entry, where the section has
 * entries of one size, or a text to its end. "any" for a section of all sorts of constants, "none" for code and what can be written.
 */
export function constantAt(section: BodySection, place: number): number | "any" | "none" {
  const { flags, type, size, entrySize } = section;
  if ((flags & (SHF_WRITE | SHF_CODE)) !== 0 || type === SHT_NOBITS || !(place >= 0 && place < size)) return "none";
  const kind = flags & (SHF_MERGE | SHF_STRINGS);
  if (kind === 0) return "any";
  if (kind === SHF_MERGE) return Math.min(place + entrySize, size);
  return entrySize > 1 ? endOfWideText(section, place, entrySize) : endOfText(section, place);
}

/** Behind the NUL. */
function endOfText({ bytes, start, size }: BodySection, place: number): number {
  for (let at = place; at < size; at++) if (bytes[start + at] === 0) return at + 1;
  return size;
}

function endOfWideText({ bytes, start, size }: BodySection, place: number, width: number): number {
  for (let at = place; at < size; at += width) {
    const end = Math.min(at + width, size);
    let byte = at;
    while (byte < end && bytes[start + byte] === 0) byte++;
    if (byte === end) return at;
  }
  return size;
}
