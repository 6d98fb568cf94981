/** Owns what the decision on macros is asked, and what it answers. */
import type { AskMacros, MacroFiles } from "./macro-knowledge.js";
import type { Insertion, LeftPlace, MacroDefinition, OpenPlace, Pending } from "./macro-model.js";
import type { RenamedNames } from "./macro-pastes.js";
import type { StringMacro } from "./macro-strings.js";

export interface MacroRequest {
  readonly pending: readonly Pending[];
  /** Definitions that paste. */
  readonly pasting: readonly MacroDefinition[];
  readonly names: RenamedNames;
  /** Macros that make nothing but strings and parts of longer names of an argument. */
  readonly strings: readonly StringMacro[];
  /** What calls of macros define for one file alone. */
  readonly own: ReadonlySet<string>;
  /** `_<flavor>` */
  readonly suffix: string;
  readonly ask: AskMacros;
  readonly files: MacroFiles;
}

export interface MacroSettlement {
  readonly insertions: readonly Insertion[];
  readonly open: readonly OpenPlace[];
  /** Words that stay. */
  readonly left: readonly LeftPlace[];
  /** Names that macros build and tokens spell, known by their pattern until now. */
  readonly names: readonly string[];
  /** Members that go along, since macros build their names together with renamed ones. */
  readonly members: readonly string[];
  /** Words of arguments that get the flavor where they stand, where names are built of which not all is decided. */
  readonly suspects: readonly string[];
}

/** One round, with the names that go along in the next one. */
export type MacroRound = MacroSettlement & { readonly along: readonly string[] };
