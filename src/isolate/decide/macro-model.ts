/** Owns what is known of a tree's macros, as far as the meaning of a word depends on them; plain values that another thread can receive. */

/** One part of a pasted name `a##b##c`. */
export type PastePart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "parameter"; readonly index: number }
  /** A call of a macro, which is expanded before the name is built; `end`: byte offset behind the macro's name. */
  | { readonly type: "call"; readonly macro: string; readonly arguments: readonly MacroArgument[]; readonly end: number };

/** One chain of `##` in the body of a macro. */
export interface Paste {
  readonly parts: readonly PastePart[];
  /** Byte offset of the first part. */
  readonly offset: number;
  /** Byte offset behind the last part. */
  readonly end: number;
  /** What may be a macro that gets the name as argument, and may build another name from it. */
  readonly argumentOf: PassedOn | undefined;
  /** The arguments in parentheses behind it. */
  readonly call?: readonly MacroArgument[] | undefined;
}

/** What a macro does with one of its parameters. */
export interface ParameterUse {
  /** As a namespace: before `::`, behind `namespace`, as the right side of an alias. */
  readonly namespace: boolean;
  /** Made a string by `#`. */
  readonly string: boolean;
  /** In any place where a namespace cannot stand. */
  readonly other: boolean;
  /** Behind `.` or `->`, behind `struct` and its like, anywhere else where it is not handed on alone. */
  readonly member: boolean;
  readonly tag: boolean;
  readonly plain: boolean;
  /** Handed on alone to what may be another macro, at this argument. */
  readonly passed: readonly PassedOn[];
  /** The whole body is the parameter: what it denotes depends on the call. */
  readonly whole: boolean;
  /** The arguments of each call of it: a macro's name was handed in. */
  readonly calls: readonly (readonly MacroArgument[])[];
  /** Byte offsets behind the places where it is neither pasted nor made a string. */
  readonly places: readonly number[];
  /** Byte offsets behind the places where the string that is made of it is a symbol's name: `alias(#x)`. */
  readonly symbols?: readonly number[];
}

export interface PassedOn {
  readonly macro: string;
  readonly index: number;
  /** Byte offset behind what is handed on; told of parameters. */
  readonly end?: number;
}

/** What a macro does with a parameter, as far as the word that is handed in is concerned. */
export interface StringUse {
  readonly string: boolean;
  /** Pasted, and so a part of a longer name: what bears the word itself is not meant. */
  readonly part: boolean;
  /** Pasted with what may be empty, or written as it is. */
  readonly other: boolean;
  /** A string that is handed in is a symbol: the parameter is an argument of an attribute. */
  readonly symbol?: boolean;
  /** Handed on alone to what may be another macro. */
  readonly passed: readonly PassedOn[];
}

/** One `#define` with parameters. */
export interface MacroStrings {
  readonly name: string;
  /** By parameter. */
  readonly uses: readonly StringUse[];
}

/** One `#define`. */
export interface MacroDefinition {
  readonly name: string;
  /** Index of the file in the tree. */
  readonly file: number;
  /** Byte offset of its line. */
  readonly offset: number;
  /** Byte offset of the `#undef` that ends it, when nothing but the lines up to there sees it; only of macros that paste. */
  readonly until?: number | undefined;
  /** Whether its file ends the macro somewhere by `#undef`; not told of macros that paste. */
  readonly ends?: true;
  /** Whether nobody is expected to include the file: then only this file sees the macro. */
  readonly local: boolean;
  /** Names of the files, without folders, that a local definition's file includes. */
  readonly includes: readonly string[];
  /** Names of the parameters; a variadic one is `__VA_ARGS__` unless it has a name of its own. Undefined: no parameter list. */
  readonly parameters: readonly string[] | undefined;
  readonly variadic: boolean;
  /** Byte offset of the parameter list's `)`. */
  readonly close?: number | undefined;
  /** By parameter. */
  readonly uses: readonly ParameterUse[];
  readonly pastes: readonly Paste[];
  /** Byte offset behind the body when it is nothing but a place that the build fills: `@NAME@`, `${NAME}`. */
  readonly filled?: number | undefined;
  /** The body when it is one word, or words that `##` joins. */
  readonly result: readonly PastePart[] | undefined;
}

/** One argument of a macro's call. */
export interface MacroArgument {
  /**
   * A single word or number, or several that `##` joins; parameters are those of the macro whose definition the call
   * is in. Empty: no token at all; undefined: anything else.
   */
  readonly parts: readonly PastePart[] | undefined;
  /** The `b` of `a->b` or `a.b`, to which `##` joins what stands behind. */
  readonly member?: string;
  /** The `a` of `a[1]` or `a->b`, which `##` joins to what stands before; `end`: byte offset behind it. */
  readonly first?: { readonly part: PastePart; readonly end: number };
  /** The `c` of `a *c`, to which `##` joins what stands behind. */
  readonly last?: PastePart;
  /** Byte offset behind its last token. */
  readonly end: number;
}

/** One place outside of its own definition where a macro's name stands. */
export interface MacroUse {
  readonly macro: string;
  readonly file: number;
  /** Byte offset of the name. */
  readonly offset: number;
  /** Undefined: no parenthesis follows. */
  readonly arguments: readonly MacroArgument[] | undefined;
  /** Byte offset behind the `)` of its arguments. */
  readonly close?: number | undefined;
  /** What may be another macro, whose argument it stands in. */
  readonly inside?: PassedOn | undefined;
  /** Whether it stands behind `.` or `->`: what it gives is a member. */
  readonly member: boolean;
  /** The macro whose definition the place is in. */
  readonly within: string | undefined;
  /** Whether nobody is expected to include the file. */
  readonly local: boolean;
  /** The file that defines the macro, when that one includes this place's file. */
  readonly from?: number;
  /** What the name would be if it denoted a namespace: its place, the macro that it is handed on to, or the one that stands for it alone. */
  readonly place: "namespace" | "other" | PassedOn | { readonly alone: string };
}

/** A word that is a namespace or not, depending on a macro. */
export interface Pending {
  readonly token: string;
  readonly file: number;
  /** Byte offset of the token. */
  readonly offset: number;
  /** Byte offset behind the token. */
  readonly end: number;
  /**
   * `argument`: of the macro, at the index; `alone`: it is all that the macro stands for; `macro`: the macro that is defined has
   * this name; `asked`: a condition or `#undef` that may mean such a macro.
   */
  readonly type: "argument" | "alone" | "macro" | "asked";
  /** Whether nobody is expected to include the file. */
  readonly local: boolean;
  readonly macro: string;
  readonly index: number;
  /** The macro whose whole body the call is that it is an argument of: `#define NS RENAME(lib)`. */
  readonly bodyOf?: string;
}

/** A macro, and the only file that sees it (with those that it includes), or -1. */
export interface WantedUses {
  readonly macro: string;
  readonly file: number;
  /** Names of the files, without folders, that this file includes by name. */
  readonly includes?: readonly string[];
}

/** Asked of every part. */
export interface MacroQuestion {
  /** Macros whose definitions are wanted. */
  readonly definitions: readonly string[];
  /** Macros whose uses are wanted. */
  readonly uses: readonly WantedUses[];
  /** Names of which is asked whether any token spells them, and what for. */
  readonly tokens?: readonly string[];
}

export interface MacroAnswer {
  readonly definitions: readonly MacroDefinition[];
  readonly uses: readonly MacroUse[];
  readonly tokens: readonly string[];
  /** Those of the names asked for that the tree defines: functions and variables at global scope, also of one file alone, and macros. */
  readonly own: readonly string[];
  /** Those that stand behind `.`, `->` or `Other::`. */
  readonly members: readonly string[];
}

/** A text that is put into a file besides the suffixes that the file's own tokens get. */
export interface Insertion {
  readonly file: number;
  readonly offset: number;
  /** Undefined: the suffix. */
  readonly text?: string;
  /** Names that get the flavor by it. */
  readonly names: readonly string[];
}

/** A word that keeps its name, though it is a renamed one: the offset behind it. */
export interface LeftPlace {
  readonly file: number;
  readonly offset: number;
}

/** A place that stays as it is for want of a sound decision. */
export interface OpenPlace {
  readonly file: number;
  readonly offset: number;
  readonly token: string;
  readonly why: string;
}

/** An argument of a call. */
export interface ArgumentPlace {
  readonly file: number;
  readonly macro: string;
  readonly index: number;
  /** Byte offset behind the word. */
  readonly end: number;
}
