/** Owns what passes between the isolation of a tree and its parts; plain values that another thread can receive. */
import type { IsolationResult } from "../../model/isolation.js";
import type { Trigraphs } from "../../tokens/trigraphs.js";
import type { IncludeTable } from "../visibility/include-table.js";
import type { FileRules } from "../file-policy.js";
import type { AssembledFile } from "../decide/assembled-names.js";
import type { Insertion, LeftPlace, MacroAnswer, MacroQuestion, OpenPlace } from "../decide/macro-model.js";
import type { StringMacro } from "../decide/macro-strings.js";
import type { MacroBody } from "../survey/macro-bodies.js";
import type { TreeMacros } from "../survey/scope-macros.js";
import type { M4Names } from "../constructs/m4-assembler.js";
import type { Format } from "../constructs/format.js";
import type { TextRules } from "../text-rules.js";
import type { SharedFiles } from "./file-taking.js";
import type { NamedPlace, NestedWord, PartAnswer, PartQuestion, PartSurvey } from "./name-model.js";
import type { SightAnswer, SightQuestion, WordPlace, WordQuestion, WordScopes } from "./word-model.js";

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
  /** Instead of `files`, those of several parts: each takes some of them after the other. */
  readonly shared?: SharedFiles;
}

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
  /** What assembler made by m4 may name; undefined: the tree has none. */
  readonly m4?: M4Names;
  /** Modules of C++20, with their dots. */
  readonly modules: readonly string[];
  /** Insertions besides those at the files' own tokens. */
  readonly extra: readonly Insertion[];
  /** Renamed words that stay: their macro gives the flavor. */
  readonly left: readonly LeftPlace[];
  /** Macros that make strings of their arguments. */
  readonly strings: readonly StringMacro[];
  /** Macros that bear a renamed name with an `_` before it. */
  readonly underscored: readonly string[];
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
  /** Those that make symbols by pragmas, wherever they are called. */
  readonly labels: readonly string[];
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
  /** The lines of GNU's assembler that build names, or begin with one of the words. */
  readonly assembled: (words: readonly string[]) => Promise<readonly AssembledFile[]>;
  readonly answer: (question: PartQuestion) => Promise<PartAnswer>;
  /** The include lines of the files. */
  readonly includes: () => Promise<IncludeTable>;
  readonly sights: (question: SightQuestion) => Promise<SightAnswer>;
  readonly words: (question: WordQuestion) => Promise<readonly WordPlace[]>;
  readonly macros: (question: MacroQuestion) => Promise<MacroAnswer>;
  readonly write: (decision: Decision, output: PartOutput) => Promise<PartResult>;
  /** Keeps the written part for the next run in the file `path`; `folder` is the output in its place. */
  readonly save: (place: { readonly folder: string; readonly path: string }) => Promise<SavedPart | undefined>;
  readonly close: () => Promise<void>;
}
