/** Owns mergeable strings (SHF_MERGE with SHF_STRINGS): what is in them, and which text lies at a place. */
import type { ProofObject, ProofSection } from "./proof-object.js";
import { groupName } from "./pair-sections.js";
import { sectionKind } from "./section-kinds.js";

export interface PoolEntry {
  readonly text: string;
  readonly section: ProofSection;
  readonly offset: number;
  /** In bytes, with the terminator. */
  readonly length: number;
}

/** The entries by pool: sections that differ only in alignment (`.str1.1`, `.str1.8`) are one, since longer texts are aligned more. */
export function textPools(object: ProofObject): Map<string, PoolEntry[]> {
  const pools = new Map<string, PoolEntry[]>();
  for (const section of object.sections) {
    if (sectionKind(section) !== "texts") continue;
    const key = poolKey(object, section);
    const list = pools.get(key);
    if (list === undefined) pools.set(key, entriesOf(section));
    else list.push(...entriesOf(section));
  }
  return pools;
}

export function poolKey(object: ProofObject, section: ProofSection): string {
  const name = section.bare.replace(/\.str(\d+)\.\d+$/, ".str$1");
  return `${name}\0${section.flags}\0${section.entrySize}\0${groupName(object, section)}`;
}

/** Texts one after another; an empty one in an aligned section is padding. */
function entriesOf(section: ProofSection): PoolEntry[] {
  const entries: PoolEntry[] = [];
  for (let offset = 0; offset < section.size;) {
    const { text, length } = textFrom(section, offset);
    if (text !== "" || section.alignment <= section.entrySize) entries.push({ text, section, offset, length });
    offset += length;
  }
  return entries;
}

/** The text from a place to its end, as characters of the section's width; undefined when the place is no character of it. */
export function textAt(section: ProofSection, offset: number): string | undefined {
  if (offset < 0 || offset >= section.size || offset % width(section) !== 0) return undefined;
  return textFrom(section, offset).text;
}

function width(section: ProofSection): number {
  return section.entrySize === 2 || section.entrySize === 4 ? section.entrySize : 1;
}

function textFrom(section: ProofSection, offset: number): { text: string; length: number } {
  const bytes = section.bytes ?? Buffer.alloc(0);
  const wide = width(section);
  if (wide === 1) {
    const end = bytes.indexOf(0, offset);
    const stop = end < 0 ? bytes.length : end;
    return { text: bytes.toString("latin1", offset, stop), length: stop - offset + 1 };
  }
  let text = "";
  let at = offset;
  for (; at + wide <= bytes.length; at += wide) {
    const unit = wide === 2 ? bytes.readUInt16LE(at) : bytes.readUInt32LE(at);
    if (unit === 0) break;
    text += unit > 0x10_ffff ? `\\x{${unit.toString(16)}}` : String.fromCodePoint(unit);
  }
  return { text, length: at - offset + wide };
}
