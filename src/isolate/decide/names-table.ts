/** Owns which identifiers of one interner are renamed and where: the table that every file's rewrite asks. */
import type { StringParameters } from "./string-arguments.js";
import { SIGNATURE_WORDS } from "./measured-signatures.js";
import { NOTHING_KNOWN, type WordKnowledge } from "./word-uses.js";
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
  /** `module` and `import`: a module's name may stand behind it. */
  module: 5,
  /** `__PRETTY_FUNCTION__`: code may count characters in it. */
  signature: 6,
} as const;

/** The words behind which strings hold symbols. */
export const ASM_WORDS: readonly string[] = (
  "asm __asm __asm__ __attribute__ __attribute gnu _Pragma __pragma " +
  "dlsym dlvsym GetProcAddress g_module_symbol lt_dlsym SDL_LoadFunction uv_dlsym"
).split(" ");

/** The words behind which modules are named. */
export const MODULE_WORDS: readonly string[] = ["module", "import"];

export interface NamesTable {
  /** Role by interner id; ids beyond its end have none. */
  roles: Uint8Array;
  /** For `inFiles`: the indices of the files by interner id. */
  readonly files: Map<number, ReadonlySet<number>>;
  /** Of types among those of `inFiles`: the files in which they stand only behind `struct` and its like. */
  readonly tags: Map<number, ReadonlySet<number>>;
  /** What the tree knows of those of `inFiles`. */
  knowledge: WordKnowledge;
  /** By the id of a macro: which of its parameters become strings or parts of longer names and nothing else, or strings and something else, too. */
  readonly strings: Map<number, StringParameters>;
  /** By the id of a macro: which of its parameters it hands to an attribute that names a symbol by a string. */
  readonly symbols: Map<number, ReadonlySet<number>>;
  /** Namespaces inside others that share a word with an external one. */
  nested: NestedHomonyms;
  /** By the word and the names around it, joined by `::`: the names of the files that introduce the namesake there for others. */
  nestedIn: ReadonlyMap<string, ReadonlySet<string>>;
  readonly give: (id: number, role: number) => void;
  /** Gives the roles of the language's own words to those that have none. */
  readonly giveWords: (idOf: (word: string) => number) => void;
}

/** A table without a role. */
export function createTable(): NamesTable {
  const table: NamesTable = {
    roles: new Uint8Array(1 << 12),
    files: new Map(),
    tags: new Map(),
    knowledge: NOTHING_KNOWN,
    strings: new Map(),
    symbols: new Map(),
    nested: new Map(),
    nestedIn: new Map(),
    give,
    giveWords,
  };
  function giveWords(idOf: (word: string) => number): void {
    for (const [role, words] of [
      [ROLE.asm, ASM_WORDS],
      [ROLE.module, MODULE_WORDS],
      [ROLE.signature, SIGNATURE_WORDS],
    ] as const) {
      for (const id of words.map(idOf)) if ((table.roles[id] ?? ROLE.none) === ROLE.none) give(id, role);
    }
  }
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
