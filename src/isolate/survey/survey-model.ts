/** Owns what a survey of one file tells. */
import { type Exporters, NO_EXPORTERS } from "./assembler.js";
import type { MacroFact } from "./macro-facts.js";
import type { OpenedNamespace } from "./opened-namespace.js";
import type { ScopeMacro } from "./scope-macros.js";

/** What a name stands for. */
export type GlobalKind = "function" | "variable" | "type" | "enumeration" | "asm";

/** A name by its interner id, with the byte offset of one place that introduces it. */
export interface Introduced {
  readonly id: number;
  readonly kind: GlobalKind;
  readonly offset: number;
  /** Words of which one is the name if `id` is a macro for an attribute: the nearest first. */
  readonly instead: readonly number[] | undefined;
  /** The word whose argument the name is. */
  readonly wrapper: number | undefined;
  /** The declaration's first word, when it is none of the language. */
  readonly first: number | undefined;
  readonly isTemplate?: boolean | undefined;
  /** Whether it has C linkage inside a namespace. */
  readonly isInside?: boolean;
  /** As of a {@link Head}. */
  readonly isImplicit?: boolean | undefined;
}

/** Macros that open and close scopes, by the id of their name; their words are ids, or -1 - n for argument n. */
export type ScopeMacrosById = ReadonlyMap<number, Omit<ScopeMacro, "words"> & { readonly words: readonly number[] }>;

/** What is known of the macros of the whole tree. */
export interface KnownMacros {
  readonly scopes: ScopeMacrosById;
  /** Macros of assembler that export the label they are given. */
  readonly exporters: Exporters;
  /** Whether the file is included inside a namespace. */
  readonly isNested?: boolean;
}

export interface Survey {
  /** Defined at global scope, or anywhere with C linkage: a symbol of its own. */
  readonly defined: Introduced[];
  /** Constants at global scope of C++: external only if some declaration says `extern`. */
  readonly constants: Introduced[];
  /** Declared (not defined) `extern` at global scope, or with C linkage inside a namespace. */
  readonly declaredExtern: number[];
  readonly declaredC: number[];
  /** Functions and variables declared (not defined) at global scope. */
  readonly declaredGlobal: number[];
  /** Functions and variables at global scope that other files do not see. */
  readonly internal: number[];
  /** Names that `typedef` gives at global scope; not those of pointers to functions. */
  readonly typedefs: number[];
  readonly namespaces: OpenedNamespace[];
  readonly macros: MacroFact[];
  /** Words that begin a declaration outside of all scopes, each once: such a macro may open one. */
  readonly leading: ReadonlySet<number>;
  /** Words behind which a parenthesis stands between declarations outside of all namespaces, each once. */
  readonly called: ReadonlySet<number>;
  /** Names of the macros that the file defines; may repeat. */
  readonly macroNames: readonly number[];
}

/** Nothing is known of other files yet. */
export const NO_MACROS: KnownMacros = { scopes: new Map(), exporters: NO_EXPORTERS };

/** What the walk fills. */
export type OpenSurvey = Survey & { readonly leading: Set<number>; readonly called: Set<number>; readonly macroNames: number[] };

/** Of a file that introduces nothing. */
export function emptySurvey(): OpenSurvey {
  return {
    defined: [],
    constants: [],
    declaredExtern: [],
    declaredC: [],
    declaredGlobal: [],
    internal: [],
    typedefs: [],
    namespaces: [],
    macros: [],
    leading: new Set(),
    called: new Set(),
    macroNames: [],
  };
}
