/** Owns what is asked and told of global names that share their spelling with something else. */

/** Global names that share their spelling with something else. */
export interface SightQuestion {
  readonly names: readonly { readonly name: string; readonly isType: boolean }[];
}

/** What the files of a part say of such a name. */
export interface NameSights {
  readonly name: string;
  /** Files that have it, but for those where it is a name of their own. */
  readonly spelled: readonly number[];
  /** Files that may declare it at global scope, the first time behind so many of their include lines. */
  readonly declared: readonly { readonly file: number; readonly lines: number }[];
  /** Files where it is a name that others do not see. */
  readonly internal: readonly number[];
  /** Files that define a macro of this name, or with it. */
  readonly macros: readonly number[];
  /** C files that call it. */
  readonly called: readonly number[];
  /** Words of the classes, namespaces and enumerations that declare it, too. */
  readonly scopes: readonly string[];
  /** Words before the parentheses in which it begins an argument. */
  readonly callees: readonly string[];
  /** Whether `typedef` gives it to a type that has no other name: then it stands alone, in C as well. */
  readonly isAlias: boolean;
}

export type SightAnswer = readonly NameSights[];

/** Global names of which every place in some files is to be told. */
export interface WordQuestion extends WordScopes {
  /** Each with the indices of the files. */
  readonly names: readonly (readonly [string, readonly number[]])[];
  /** Of types: those of the files in which they stand only behind `struct` and its like. */
  readonly tags: readonly (readonly [string, readonly number[]])[];
  /** Files that C compilers read. */
  readonly inC: readonly number[];
  /** Files that have the name and may see it by a header that is not in the tree. */
  readonly unsure: readonly (readonly [string, readonly number[]])[];
}

/** A place of such a name: one that cannot be told from a member, the head of a C++ function at global scope, or a call in a header. */
export type WordPlace = { readonly name: string; readonly file: number; readonly offset: number } & (
  | { readonly doubt: string }
  /** Words of the parameters' types that are neither built in nor of `std`; `template X` for a parameter of a template. */
  | { readonly parameters: readonly string[] }
  /** Without `x.`, `X::` or the like: a template may find the function by its arguments. */
  | { readonly called: true }
);

/** What the whole tree knows of names that are global and something else, too. */
export interface WordScopes {
  /** Words of the scopes that declare a name of that spelling. */
  readonly scopes: readonly (readonly [string, readonly string[]])[];
  /** Arguments of macros that are members' names, that are tags, and that are a member's name and something else. */
  readonly fields: readonly MacroParameters[];
  readonly tagged: readonly MacroParameters[];
  readonly mixed: readonly MacroParameters[];
}

/** A macro with some of its parameters. */
export type MacroParameters = readonly [macro: string, indices: readonly number[]];
