/** Owns COMDAT groups: sections of which a linker keeps one set per signature. */

export interface ComdatGroups {
  /** Signatures; a section's group is an index into these. */
  readonly signatures: readonly string[];
  /** Per section, or -1. */
  readonly ofSection: Int32Array;
}

export function noGroups(sectionCount: number): ComdatGroups {
  return { signatures: [], ofSection: new Int32Array(sectionCount).fill(-1) };
}
