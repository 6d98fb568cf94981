/** Owns what passes between the isolation of a tree and its parts; plain values that another thread can receive. */
import type { IsolationResult } from "../../model/isolation.js";
import type { Trigraphs } from "../../tokens/trigraphs.js";
import type { FileRules } from "../file-policy.js";
import type {
  Insertion,
  LeftPlace,
  MacroAnswer,
  MacroDefinition,
  MacroQuestion,
  MacroStrings,
  OpenPlace,
  Pending,
} from "../decide/macro-model.js";
import type { StringMacro } from "../decide/macro-strings.js";
import type { MacroBody } from "../survey/macro-bodies.js";
import type { MacroFact } from "../survey/macro-facts.js";
import type { TreeMacros } from "../survey/scope-macros.js";
import type { Format } from "../constructs/format.js";
import type { PrefixedSymbols } from "../constructs/x86-prefix.js";
import type { GlobalKind } from "../survey/survey.js";
import type { TextRules } from "../text-rules.js";

/** One file of the tree. */
export interface PartFile {
  /** Its index in the whole tree's list. */
  readonly index: number;
  /** Relative to the tree, `/`-separated. */
  readonly path: string;
  /** Path in the output, where it is another. */
  readonly to?: string | undefined;
  /** Whether it is read as code; other files are copied. */
  readonly code: boolean;
  /** A file that is no code and may name symbols of the tree. */
  readonly format?: Format | undefined;
}

/** The share of a tree that one thread reads, surveys and writes. */
export interface PartRequest {
  readonly source: string;
  /** `_<flavor>` */
  readonly suffix: string;
  /** External namespaces of the plan. */
  readonly namespaces: readonly string[];
  /** Globs over further names to rename. */
  readonly names: readonly string[];
  /** Whether guards or macros of headers are renamed. */
  readonly macros?: boolean;
  /** Java packages of the plan. */
  readonly packages?: readonly string[];
  /** Whether trigraphs are read; `auto` unless given. */
  readonly trigraphs?: Trigraphs;
  readonly files: readonly PartFile[];
  /** Where the files are those of several parts: each takes some of them after the other (file-taking.ts). */
  readonly taking?: SharedArrayBuffer;
}

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

/** A name that stays in some files by rules for these, while files that mean the same symbol rename it. */
export interface SplitName {
  readonly name: string;
  /** Those in which it stays, by index. */
  readonly files: readonly number[];
  readonly why: string;
}

/** What every part renames. */
export interface Decision extends WordScopes {
  readonly everywhere: readonly string[];
  /** Members among them, whose names macros build together with renamed ones. */
  readonly along?: readonly string[];
  /** Names renamed in some files only, with the indices of these files. */
  readonly inFiles: readonly (readonly [string, readonly number[]])[];
  /** Of types among them: those of the files in which they stand only behind `struct` and its like. */
  readonly tags: readonly (readonly [string, readonly number[]])[];
  readonly nested: readonly NestedWord[];
  /** Whether NASM macros that join a prefix and a name add the flavor. */
  readonly joins: boolean;
  /** Words that stand for such symbols in NASM files: they stay. */
  readonly joined: readonly string[];
  /** Modules of C++20, with their dots. */
  readonly modules: readonly string[];
  /** Insertions besides those at the files' own tokens. */
  readonly extra: readonly Insertion[];
  /** Renamed words that stay: their macro gives the flavor. */
  readonly left: readonly LeftPlace[];
  /** Macros that make strings of their arguments. */
  readonly strings: readonly StringMacro[];
  /** Macros that get symbols as strings, with the parameters concerned. */
  readonly symbols: readonly (readonly [string, readonly number[]])[];
  /** Places that stay as they are for want of a sound decision. */
  readonly open: readonly OpenPlace[];
  /** The policy's rules that tell files apart or replace bytes; undefined when it has none. */
  readonly rules: (FileRules & TextRules) | undefined;
}

/** Calls to expand. */
export interface MacroCalls {
  /** Macros whose calls may build names. */
  readonly roots: readonly string[];
  /** The definitions of these and of all that they lead to. */
  readonly bodies: readonly MacroBody[];
}

export interface PartOutput {
  /** Folder that is filled; its folders exist. Undefined: nothing is written, only told. */
  readonly folder: string | undefined;
  /** Whether its files exist, too, all empty. */
  readonly created: boolean;
  /** Output of an earlier run whose equal files are kept, or undefined. */
  readonly earlier: string | undefined;
  /** Files whose bytes stay the same are not written. */
  readonly changedOnly?: boolean;
  /** The output that is brought up to date: only files that differ from its are written, each named by its index. */
  readonly staged?: string;
}

export interface WrittenFile {
  readonly index: number;
  /** Permission bits. */
  readonly mode: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly edits: number;
  /** How the original bytes come back (undo-record.ts); undefined when they are the original ones. */
  readonly undo: Uint8Array | undefined;
}

/** A renamed name that a macro makes a string of. */
export interface StringizedName {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly macro: string;
  readonly isLookup?: boolean | undefined;
}

export interface PartResult {
  readonly files: readonly WrittenFile[];
  /** Edits by name. */
  readonly counts: readonly (readonly [string, number])[];
  /** With the byte offset of each token. */
  readonly undecided: (IsolationResult["undecided"][number] & { readonly offset: number })[];
  /** Arguments that get the flavor, though a macro makes a string of them, too. */
  readonly stringized: readonly StringizedName[];
  /** Matches of the policy's patch rules and changed strings of its string rules, by index in the policy. */
  readonly patched: readonly (readonly [number, number])[];
  readonly strings: readonly (readonly [number, number])[];
}

/** A part whose state is kept. */
export interface SavedPart {
  /** SHA-256 of the state. */
  readonly digest: string;
  readonly request: { readonly files: readonly PartFile[] };
  /** Stamps of the input's files and of the output's, by file of the request (file-stamp.ts). */
  readonly sources: Float64Array;
  readonly outputs: Float64Array;
}

/** A part at work, in this thread or another. */
export interface Part {
  readonly survey: () => Promise<PartSurvey>;
  /** Surveys the files again in which the macros open scopes or export labels; undefined when there is none. */
  readonly resurvey: (macros: TreeMacros) => Promise<PartSurvey | undefined>;
  /** The definitions of macros in the part's files. */
  readonly bodies: (names: readonly string[]) => Promise<readonly MacroBody[]>;
  /** What the calls of macros between declarations define. */
  readonly expand: (calls: MacroCalls) => Promise<readonly NamedPlace[]>;
  readonly answer: (question: PartQuestion) => Promise<PartAnswer>;
  /** The include lines of files that have some, by index (include-lines.ts). */
  readonly includes: () => Promise<readonly (readonly [number, string])[]>;
  readonly sights: (question: SightQuestion) => Promise<SightAnswer>;
  readonly words: (question: WordQuestion) => Promise<readonly WordPlace[]>;
  readonly macros: (question: MacroQuestion) => Promise<MacroAnswer>;
  readonly write: (decision: Decision, output: PartOutput) => Promise<PartResult>;
  /** Keeps the written part for the next run in the file `path`; `folder` is the output in its place. */
  readonly save: (place: { readonly folder: string; readonly path: string }) => Promise<SavedPart | undefined>;
  readonly close: () => Promise<void>;
}
