/** Owns which identifiers of one interner are renamed and where: the table that every file's rewrite asks. */
import type { NestedHomonyms } from "../survey/nested-namespaces.js";

/** What becomes of an identifier. */
export const ROLE = {
  none: 0,
  /** An external namespace: decided token by token. */
  namespace: 1,
  /** A global name: every token of that spelling. */
  everywhere: 2,
  /** A global name that also names members elsewhere and that no header declares: only in the files that do, not as a member. */
  inFiles: 3,
  /** `asm`, `__attribute__` and their like: strings behind it are code or symbols. */
  asm: 4,
} as const;

/** The words behind which strings hold symbols. */
export const ASM_WORDS: readonly string[] = ["asm", "__asm", "__asm__", "__attribute__", "__attribute", "gnu", "_Pragma", "__pragma"];

export interface NamesTable {
  /** Role by interner id; ids beyond its end have none. */
  roles: Uint8Array;
  /** For `inFiles`: the indices of the files by interner id. */
  readonly files: Map<number, ReadonlySet<number>>;
  /** Those of `inFiles` that name types alone: in C only behind `struct` and its like. */
  readonly tags: Set<number>;
  /** By the id of a macro: which of its parameters become strings or parts of longer names and nothing else, or strings and something else, too. */
  readonly strings: Map<number, { readonly only: ReadonlySet<number>; readonly also: ReadonlySet<number> }>;
  /** Namespaces inside others that share a word with an external one. */
  nested: NestedHomonyms;
  readonly give: (id: number, role: number) => void;
}

/** A table without a role. */
export function createTable(): NamesTable {
  const table: NamesTable = {
    roles: new Uint8Array(1 << 12),
    files: new Map(),
    tags: new Set(),
    strings: new Map(),
    nested: new Map(),
    give,
  };
  function give(id: number, role: number): void {
    if (id >= table.roles.length) {
      const roles = new Uint8Array(id * 2);
      roles.set(table.roles);
      table.roles = roles;
    }
    table.roles[id] = role;
  }
  return table;
}
