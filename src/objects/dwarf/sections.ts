/** Owns which debug sections an object has, each read when first asked for. */
import type { ObjectFile, Section } from "../model.js";
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

interface Found {
  readonly index: number;
  readonly header: Section;
}

/** The debug sections by their names without `.debug_`. */
export function debugSections(object: ObjectFile): DebugSections {
  const found = findSections(object);
  const little = object.littleEndian;
  function load({ index, header }: Found): Bytes {
    const bytes = bytesOf(header.name, object.place, sectionContents(object, header), little);
    return relocated(object, bytes, object.relocations().get(index));
  }
  const loaded = new Map<string, Bytes>();
  function section(name: string): Bytes {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const first = found.get(name)?.[0];
    const bytes = first === undefined ? bytesOf(`.debug_${name}`, object.place, Buffer.alloc(0), little) : load(first);
    loaded.set(name, bytes);
    return bytes;
  }
  const split = [...found.keys()].some((name) => name.endsWith(".dwo"));
  const shared = found.has("altlink") || found.has("sup");
  return { infos: (found.get("info") ?? []).map(load), types: (found.get("types") ?? []).map(load), section, split, shared };
}

/** Whether `typeLayouts` would find anything to read; asks only the names of the sections. */
export function hasDebugInfo(object: ObjectFile): boolean {
  return [...findSections(object).keys()].some((name) => /^(?:info|types)(?:\.dwo)?$/.test(name));
}

function findSections(object: ObjectFile): Map<string, Found[]> {
  const found = new Map<string, Found[]>();
  // Relocations of debug sections are known for ELF alone.
  if (object.format !== "elf" || !tableText(object.sections.names).includes("debug")) return found;
  for (let index = 1; index < object.sections.count; index++) {
    const header = sectionAt(object.view, object.sections, index);
    const name = /^\.(?:z?debug_|gnu_debug)(.+)$/.exec(header.name)?.[1];
    if (name === undefined) continue;
    const known = found.get(name);
    if (known === undefined) found.set(name, [{ index, header }]);
    else known.push({ index, header });
  }
  return found;
}
