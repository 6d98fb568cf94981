/** Owns what is changed in one file, and what stays undecided in it. */
import type { AsmText } from "../constructs/asm-text.js";
import type { ModuleName } from "../constructs/module-lines.js";
import type { HomonymType } from "./homonym-types.js";
import type { Pending } from "./macro-model.js";
import type { CalledName } from "./string-arguments.js";

/** Where one file is changed: the suffix is inserted at each offset. */
export interface FileEdits {
  /** Ascending byte offsets. */
  readonly offsets: number[];
  /** Interner id of the identifier that ends at the offset of the same index. */
  readonly ids: number[];
  readonly undecided: Undecided[];
  /** Tokens whose meaning depends on macros, which other files may define. */
  readonly pending: readonly PendingToken[];
  /** Strings that hold symbols: of `asm(…)`, of attributes, for the linker. */
  readonly asm: readonly AsmText[];
  /** Names of modules; the whole tree decides about them. */
  readonly modules: readonly ModuleName[];
  /** Arguments that get the flavor, though a macro makes a string of them, too. */
  readonly stringized: readonly Stringized[];
  /** Types that bear the word of an external namespace. */
  readonly types: readonly HomonymType[];
  /** Names behind which `::` stands, in calls: what macros make of them is known when all files are read. */
  readonly calls?: readonly CalledName[];
  /** Further insertions, of which the text is given. */
  readonly extra?: readonly ExtraInsertion[];
}

/** The edits of a file in which nothing is renamed. */
export const NO_EDITS: FileEdits = { offsets: [], ids: [], undecided: [], pending: [], types: [], asm: [], modules: [], stringized: [] };

/** A token that a macro gets as argument, or stands for; see {@link Pending}. */
export type PendingToken = Omit<Pending, "file" | "local">;

/** A text inserted at a byte offset, and the names that get the flavor by it. */
export interface ExtraInsertion {
  readonly offset: number;
  readonly text: string;
  readonly names: readonly string[];
}

/** A renamed name in a call of a macro that makes a string of it; or a signature's text in which code counts characters, under its own name. */
export interface Stringized {
  readonly offset: number;
  readonly name: string;
  readonly macro: string;
  /** No macro: a string that a look-up at run time is given, which stays. */
  readonly isLookup?: boolean;
}

export interface Undecided {
  readonly offset: number;
  readonly token: string;
  readonly why: string;
}
