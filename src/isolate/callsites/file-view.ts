/** Owns what the detectors of one application file share: its tokens, its walk, the library's names, the edits they propose. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Reading } from "../survey/heads.js";
import { type AppFacts, libraryPath } from "./app-facts.js";
import { textOf } from "./declaration.js";
import type { ImportKind, TextEdit } from "./finding.js";
import type { LibraryNames } from "./library.js";
import type { FileWalk, NamespaceBlock } from "./walk-file.js";

export interface FileView {
  readonly file: string;
  readonly reading: Reading;
  readonly walk: FileWalk;
  readonly library: LibraryNames;
  readonly facts: AppFacts;
  readonly kind: ImportKind;
  /** `_<flavor>` */
  readonly suffix: string;
}

/** Bits of a name in a namespace of the library; 0 when it has none. */
export function bitsOf({ library }: FileView, path: readonly string[], name: string): number {
  return library.namespaces.get(path.join("::"))?.get(name) ?? 0;
}

/** As {@link bitsOf}, in the namespace or one around it. */
export function visibleBits(view: FileView, path: readonly string[], name: string): number {
  for (let depth = path.length; depth > 0; depth--) {
    const bits = bitsOf(view, path.slice(0, depth), name);
    if (bits !== 0) return bits;
  }
  return 0;
}

export function isOwn({ facts }: FileView, path: readonly string[], name: string): boolean {
  return facts.own.get(path[0] as string)?.has(name) === true;
}

/** The flavor put behind a token; a namespace that another has taken in is replaced by that one. */
export function flavored(view: FileView, token: number): TextEdit {
  const { starts, ends } = view.reading.stream;
  return flavoredWord(view, view.file, wordAt(view, token), starts[token] as number, ends[token] as number);
}

/** As {@link flavored}, of a word that stands elsewhere. */
export function flavoredWord({ library, suffix }: FileView, file: string, word: string, start: number, end: number): TextEdit {
  const target = library.map.get(word);
  return target === undefined ? { file, start: end, end, text: suffix } : { file, start, end, text: target + suffix };
}

/** The outermost block around a block. */
export function outermost(block: NamespaceBlock): NamespaceBlock {
  let at = block;
  while (at.outer !== undefined) at = at.outer;
  return at;
}

/** The edit that moves a block's outermost namespace to the flavor's: at its word, or at the macro that stands for it. */
export function headEdit(view: FileView, block: NamespaceBlock): TextEdit {
  const { facts, library, reading, file, suffix } = view;
  const head = outermost(block);
  const token = head.tokens[0] as number;
  const word = head.path[0] as string;
  if (library.roots.has(word)) return flavored(view, token);
  const macro = facts.macros.get(word);
  if (macro !== undefined) return flavoredWord(view, macro.file, macro.root, macro.start, macro.end);
  const [start, end] = [reading.stream.starts[token] as number, reading.stream.ends[token] as number];
  return { file, start, end, text: `${library.namespaceMacros.get(word)}${suffix}` };
}

export function pathOf(view: FileView, block: NamespaceBlock | undefined): readonly string[] | undefined {
  return libraryPath(block, view.library, view.facts);
}

export function markAt({ reading }: FileView, token: number): number {
  const { kinds, values, count } = reading.stream;
  return token >= 0 && token < count && kinds[token] === KIND.punctuation ? (values[token] as number) : -1;
}

export function wordAt({ reading }: FileView, token: number): string {
  return token >= 0 && token < reading.stream.count ? textOf(reading, token) : "";
}

/** Whether `.`, `->` or `Other::` stands before a token. */
export function isMemberUse(view: FileView, token: number): boolean {
  const before = markAt(view, token - 1);
  if (before === BYTE.dot || before === PUNCTUATION.arrow) return true;
  return before === PUNCTUATION.scope && (wordAt(view, token - 2) !== "" || markAt(view, token - 2) === BYTE.greater);
}
