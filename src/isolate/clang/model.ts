/** Owns what passes between the decision about undecided tokens and the child process that asks libclang. */

/** An undecided token by the byte offset of its first letter, or of the `##` behind it. */
export interface OpenToken {
  /** Relative to the tree, `/`-separated. */
  readonly file: string;
  readonly offset: number;
  /** The word; a trailing `##` says that a macro pastes something behind it. */
  readonly name: string;
}

/** One token in a unit: the word that stands for it in the second parse has the same length. */
export interface Probe {
  readonly id: number;
  /** Absolute. */
  readonly file: string;
  readonly offset: number;
  readonly line: number;
  readonly name: string;
  readonly word: string;
}

export interface UnitQuestion {
  /** Path of the shared library. */
  readonly library: string;
  readonly directory: string;
  /** Arguments of the parse, the source last. */
  readonly arguments: readonly string[];
  readonly isCpp: boolean;
  readonly probes: readonly Probe[];
}

/** What a token turned out to be at one place where the compiler met it. */
export interface Fact {
  readonly probe: number;
  /** `namespace`: it names one; `string`: it is part of a string; `name`: it is part of another name. */
  readonly role: "namespace" | "string" | "name";
  /** Qualified name of the namespace, text of the string, or the name that is built. */
  readonly detail: string;
  /** Absolute. */
  readonly file: string;
  readonly line: number;
}

export type UnitAnswer =
  | { readonly status: "parsed"; readonly clang: string; readonly facts: readonly Fact[] }
  /** The unit is no witness: it has errors, or libclang gave up. */
  | { readonly status: "failed"; readonly reason: string };

/** The answer about one token. */
export interface ClangDecision {
  readonly file: string;
  readonly offset: number;
  readonly name: string;
  readonly verdict: "rename" | "leave" | "unknown";
  /** Why, with `file:line` of a place that shows it. */
  readonly evidence: string;
  /** Units whose parse met the token. */
  readonly units: number;
}
