/** Owns which debug sections an object has, each read when first asked for. */
import type { ObjectFile } from "../model.js";
import { sectionContents } from "../section-contents.js";
import { sectionAt } from "../sections.js";
import { tableText } from "../strings.js";
import { type Bytes, bytesOf } from "./cursor.js";
import { relocated } from "./relocate.js";

export interface DebugSections {
  /** `.debug_info`, one for the code and in relocatable objects one for each type unit. */
  readonly infos: readonly Bytes[];
  /** `.debug_types` of DWARF 4. */
  readonly types: readonly Bytes[];
  /** A section that an object has once, as `abbrev` or `str`; empty when it has none. */
  readonly section: (name: string) => Bytes;
  /** Sections of split DWARF are there. */
  readonly split: boolean;
  /** A part that several files share lies in a file of its own (`dwz -m`). */
  readonly shared: boolean;
}

/** The debug sections by their names without `.debug_`. */
export function debugSections(object: ObjectFile): DebugSections {
  const found = findSections(object);
  const { littleEndian } = object;
  function load(index: number): Bytes {
    const header = sectionAt(object.view, object.sections, index);
    const bytes = bytesOf(header.name, object.place, sectionContents(object, header), littleEndian);
    return relocated(object, bytes, object.relocations().get(index));
  }
  const loaded = new Map<string, Bytes>();
  function section(name: string): Bytes {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const first = found.get(name)?.[0];
    const bytes = first === undefined ? bytesOf(`.debug_${name}`, object.place, Buffer.alloc(0), littleEndian) : load(first);
    loaded.set(name, bytes);
    return bytes;
  }
  const split = [...found.keys()].some((name) => name.endsWith(".dwo"));
  const shared = found.has("altlink") || found.has("sup");
  return { infos: (found.get("info") ?? []).map(load), types: (found.get("types") ?? []).map(load), section, split, shared };
}

/** Whether `typeLayouts` would find anything to read; asks only the names of the sections. */
export function hasDebugInfo(object: ObjectFile): boolean {
  if (!object.sections.names.bytes.includes(DEBUG)) return false;
  const sections = findSections(object);
  return [...sections.keys()].some((name) => /^(?:info|types|altlink|sup)$/.test(name) || name.endsWith(".dwo"));
}

const DEBUG = Buffer.from("debug");

/** The numbers of sections by name; Mach-O cuts names after 16 bytes. */
function findSections(object: ObjectFile): Map<string, number[]> {
  const found = new Map<string, number[]>();
  if (!tableText(object.sections.names).includes("debug")) return found;
  for (let index = 1; index < object.sections.count; index++) {
    const cut = /^(?:__DWARF,_)?[._](?:_?z?debug_|gnu_debug)(.+)$/.exec(sectionAt(object.view, object.sections, index).name)?.[1];
    if (cut === undefined) continue;
    const name = cut === "str_offs" ? "str_offsets" : cut;
    const known = found.get(name);
    if (known === undefined) found.set(name, [index]);
    else known.push(index);
  }
  return found;
}
