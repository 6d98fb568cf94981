/** Owns what kind of section is compared in which way (System V ABI, "Sections"; GNU's and LLVM's additions). */

export const SHT = {
  none: 0,
  symbols: 2,
  strings: 3,
  rela: 4,
  nobits: 8,
  rel: 9,
  group: 17,
  extendedIndexes: 18,
  addressSignificance: 0x6fff_4c03,
} as const;

export const SHF = { write: 0x1, code: 0x4, merge: 0x10, strings: 0x20 } as const;

/** How a section is compared; `texts` are mergeable strings, whose places depend on their lengths; `tables` belong to the format. */
export type SectionKind = "content" | "texts" | "names" | "symbols" | "relocations" | "group" | "address-significance" | "debug" | "none";

export function isDebug(name: string): boolean {
  return /^\.(z?debug_|rela?\.z?debug_|gnu\.debuglto_|gdb_index)/.test(name);
}

const BY_TYPE: ReadonlyMap<number, SectionKind> = new Map([
  [SHT.none, "none"],
  [SHT.symbols, "symbols"],
  [SHT.extendedIndexes, "symbols"],
  [SHT.strings, "names"],
  [SHT.rela, "relocations"],
  [SHT.rel, "relocations"],
  [SHT.group, "group"],
  [SHT.addressSignificance, "address-significance"],
]);

export function sectionKind(section: { readonly name: string; readonly type: number; readonly flags: number }): SectionKind {
  if (isDebug(section.name)) return "debug";
  const byType = BY_TYPE.get(section.type);
  if (byType !== undefined) return byType;
  const isText = (section.flags & SHF.merge) !== 0 && (section.flags & SHF.strings) !== 0 && section.name !== ".comment";
  return isText ? "texts" : "content";
}
