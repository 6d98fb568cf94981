/** Owns the content of unnamed constants: what lies at a place that no symbol names. */
import type { BodySection } from "./body-reader.js";
import { SHF_CODE, SHF_MERGE, SHF_STRINGS, SHF_WRITE, SHT_NOBITS } from "./sections.js";

/**
 * Where the constant at an unnamed place of a section ends that only holds constants: the entry, where the section has
 * entries of one size; else a text to its end, and at least a double. Undefined for code and for what can be written.
 */
export function endOfConstant(section: BodySection, place: number): number | undefined {
  const { flags, type, size, entrySize } = section;
  if ((flags & (SHF_WRITE | SHF_CODE)) !== 0 || type === SHT_NOBITS || !(place >= 0 && place < size)) return undefined;
  const kind = flags & (SHF_MERGE | SHF_STRINGS);
  if (kind === SHF_MERGE) return Math.min(place + entrySize, size);
  if (kind !== 0 && entrySize > 1) return endOfWideText(section, place, entrySize);
  const end = endOfText(section, place);
  return kind === 0 ? Math.min(Math.max(end, place + 8), size) : end;
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
