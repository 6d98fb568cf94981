/** Owns what a part tells of the names in its files, and what it is asked about names of the whole tree. */
import type { MacroDefinition, MacroStrings, Pending } from "../decide/macro-model.js";
import type { MacroFact } from "../survey/macro-facts.js";
import type { M4File, MadeLabel } from "../constructs/m4-assembler.js";
import type { PrefixedSymbols } from "../constructs/x86-prefix.js";
import type { GlobalKind } from "../survey/survey-model.js";

/** A name with one place that defines it. */
export interface NamedPlace {
  readonly name: string;
  readonly kind: GlobalKind;
  /** Index of the file in the tree. */
  readonly file: number;
  readonly line: number;
  readonly where: "source" | "header" | "fragment";
  /** Names of which one is meant if `name` is a macro for an attribute: the nearest first. */
  readonly instead?: readonly string[] | undefined;
  /** The word whose argument the name is, as in `SYMBOL(name)(int)`: a macro. */
  readonly wrapper?: string | undefined;
  /** The declaration's first word, when it is none of the language. */
  readonly first?: string | undefined;
  readonly isTemplate?: boolean | undefined;
  /** It has C linkage inside a namespace: `ns::name` is the same symbol. */
  readonly isInside?: boolean | undefined;
  /** No type stands before it: where a macro has that name, it is its call. */
  readonly isImplicit?: true;
  /** It is what a macro makes of a shorter name of the tree. */
  readonly isLonger?: true;
  /** Other files do not see it, or it is only declared; only of what macros make. */
  readonly internal?: true;
  /** Byte offset of a declaration in which several strings of assembler make the name. */
  readonly joinedAt?: number;
  /** No definition: another symbol of this name, as a pragma says; only of what macros make. */
  readonly labelOf?: string;
  /** A constant: external when some declaration says `extern`; only of what macros make. */
  readonly constant?: true;
}

/** A namespace or type inside another namespace that has the word of an external one. */
export interface NestedWord {
  readonly word: string;
  /** The names around it, from outside in, without the flavor; "" for an unnamed namespace. */
  readonly path: readonly string[];
  /** The name of the file, without its folder, that introduces it for those who include it; undefined: for nobody else. */
  readonly file: string | undefined;
}

/** … as they spell them, or make them of others. */
export interface M4Symbols {
  readonly names: readonly string[];
  readonly made: readonly Omit<MadeLabel, "file">[];
}

/** What the files of a part introduce; the lists may repeat names. */
export interface PartSurvey {
  /** Defined at global scope, or anywhere with C linkage. */
  readonly defined: readonly NamedPlace[];
  /** Functions and variables that calls of macros define for one file alone. */
  readonly builtInternal?: readonly string[];
  /** C++ constants at global scope: external only if declared `extern` somewhere. */
  readonly constants: readonly NamedPlace[];
  readonly declaredExtern: readonly string[];
  /** With C linkage inside a namespace. */
  readonly declaredC: readonly string[];
  /** Identifiers that the plan's globs match. */
  readonly matching: readonly string[];
  /** First words of the namespaces opened at global scope. */
  readonly opened: readonly string[];
  /** All words of namespaces, those inside others, too. */
  readonly spaces: readonly string[];
  /** Words between declarations that may be macros' calls. */
  readonly called: readonly string[];
  /** Names of all macros, but for those of assembler. */
  readonly defines: readonly string[];
  /** Macros that change what declarations say. */
  readonly macros: readonly MacroFact[];
  /** External namespaces' words that another namespace has inside. */
  readonly nested: readonly NestedWord[];
  /** Words whose meaning macros decide. */
  readonly pending: readonly Pending[];
  /** Macros that paste tokens. */
  readonly pasting: readonly MacroDefinition[];
  /** Macros that make strings of their parameters, or hand them on. */
  readonly strings: readonly MacroStrings[];
  /** Include guards, and macros that headers define in all branches; only where the plan renames them. */
  readonly guards: readonly string[];
  readonly headerMacros: readonly string[];
  /** What NASM files tell about symbols with a prefix. */
  readonly prefixed: readonly PrefixedSymbols[];
  /** What files of m4 tell. */
  readonly m4: readonly M4File[];
  /** Symbols that such files define, as far as the whole tree tells their names; the first part has them. */
  readonly m4Symbols?: M4Symbols;
  /** Modules of C++20 that the files declare. */
  readonly modules: readonly string[];
  /** By file: strings that hold code with a namespace's name, with the first of them. */
  readonly code: readonly { readonly file: number; readonly line: number; readonly count: number; readonly text: string }[];
}

/** Asked of every part when all surveys are there. */
export interface PartQuestion {
  /** Names that may be renamed. */
  readonly candidates: readonly string[];
  /** Names declared with C linkage that nothing at global scope defines. */
  readonly unresolved: readonly string[];
  /** Names with C linkage inside a namespace, and all words of the tree's namespaces. */
  readonly inside: readonly string[];
  readonly spaces: readonly string[];
  /** Symbols that NASM macros join from a prefix and a name. */
  readonly prefixed: PrefixedSymbols | undefined;
}

/** A name with a file that declares it. */
export type DeclaredPlace = Pick<NamedPlace, "name" | "file" | "where">;

export interface PartAnswer {
  /** Candidates that also occur as members: `.x`, `->x`, `Other::x`. */
  readonly members: readonly string[];
  /** Candidates in capitals that a macro of the part is called, too. */
  readonly macros: readonly string[];
  /** Where such candidates are declared at global scope. */
  readonly declared: readonly DeclaredPlace[];
  /** Candidates whose new name the part already uses. */
  readonly taken: readonly string[];
  /** Definitions of unresolved names inside namespaces. */
  readonly namespaced: readonly NamedPlace[];
  /** Words that are spelled like the joined symbols asked for. */
  readonly prefixed: readonly NamedPlace[];
}
