/** Owns the bytes of one file of the output: names lengthened, then the policy's strings and patches, and the record that undoes it. */
import { crc32 } from "node:zlib";

import { KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { dialectOf, type Language } from "../code-files.js";
import type { FileEdits } from "../decide/file-edits.js";
import { type Quoted, textRulesOf } from "../text-rules.js";
import { encodeSuffixes, encodeUndo, type Insertion, type Replacement, withSurroundings } from "../undo-record.js";
import type { LoadedPart } from "./part-load.js";
import type { Decision, PartResult } from "./part-model.js";
import { insertSuffix, insertTexts } from "./rewrite.js";

export interface FinishedFile {
  /** Valid until the next file is finished. */
  readonly written: Buffer;
  /** Its first bytes that count. */
  readonly length: number;
  readonly undo: Uint8Array | undefined;
}

export interface Finisher {
  readonly file: (path: string, language: Language | undefined, bytes: Buffer, edits: FileEdits) => FinishedFile;
  /** What the policy's replacing rules did so far. */
  readonly counts: () => Pick<PartResult, "patched" | "strings">;
}

/** Finishes the files of a part one after the other. */
export function createFinisher(part: LoadedPart, { rules, everywhere, inFiles }: Decision): Finisher {
  const suffix = part.request.suffix;
  const insert = createInserter(suffix);
  const rulesFor = rules === undefined ? () => undefined : textRulesOf(rules);
  const renamed = new Set([...part.request.namespaces, ...everywhere, ...inFiles.map(([name]) => name)]);
  const patched = new Map<number, number>();
  const strings = new Map<number, number>();
  function file(path: string, language: Language | undefined, bytes: Buffer, edits: FileEdits): FinishedFile {
    const inserted = insert(bytes, edits);
    const textRules = rulesFor(path, language !== undefined);
    if (textRules === undefined) return { ...inserted, undo: undoOf(bytes, edits, suffix, []) };
    const text = Buffer.from(inserted.written.subarray(0, inserted.length));
    const changed = textRules.change(text, (quoted) => quotedIn(part, quoted, language as Language), renamed);
    for (const [index, count] of changed.patched) patched.set(index, (patched.get(index) ?? 0) + count);
    for (const [index, count] of changed.strings) strings.set(index, (strings.get(index) ?? 0) + count);
    return { written: changed.bytes, length: changed.bytes.length, undo: undoOf(bytes, edits, suffix, changed.layers) };
  }
  return { file, counts: () => ({ patched: [...patched], strings: [...strings] }) };
}

function createInserter(suffix: string): (bytes: Buffer, edits: FileEdits) => { written: Buffer; length: number } {
  const inserted = Buffer.from(suffix, "latin1");
  let scratch = Buffer.allocUnsafe(1 << 20);
  return (bytes, edits) => {
    const { offsets, extra } = edits;
    const added = (extra ?? []).reduce((sum, { text }) => sum + Buffer.byteLength(text, "latin1"), 0);
    const length = bytes.length + offsets.length * inserted.length + added;
    if (scratch.length < length) scratch = Buffer.allocUnsafe(length * 2);
    if (extra !== undefined) return { written: insertTexts(bytes, insertionsOf(edits, suffix), scratch), length };
    return { written: offsets.length === 0 ? bytes : insertSuffix(bytes, offsets, inserted, scratch), length };
  };
}

/** Everything that is inserted into a file, in the order of the offsets. */
function insertionsOf({ offsets, extra }: FileEdits, suffix: string): Insertion[] {
  const insertions = offsets.map((offset): Insertion => ({ offset, text: suffix }));
  if (extra === undefined) return insertions;
  return [...insertions, ...extra.map(({ offset, text }) => ({ offset, text }))].toSorted((a, b) => a.offset - b.offset);
}

/** Insertions that are no suffix behind a name are kept with the bytes around them, as far as their neighbours. */
function recordedInsertions(insertions: Insertion[], { extra }: FileEdits, bytes: Buffer): Insertion[] {
  if (extra === undefined) return insertions;
  const apart = new Set(extra.map(({ offset, text }) => `${offset} ${text}`));
  return insertions.map((insertion, index) =>
    apart.has(`${insertion.offset} ${insertion.text}`)
      ? withSurroundings(insertion, bytes, insertions[index - 1]?.offset, insertions[index + 1]?.offset)
      : insertion,
  );
}

function undoOf(bytes: Buffer, edits: FileEdits, suffix: string, layers: readonly (readonly Replacement[])[]): Uint8Array | undefined {
  if (edits.extra === undefined && layers.length === 0)
    return edits.offsets.length === 0 ? undefined : encodeSuffixes(crc32(bytes), edits.offsets);
  const insertions = recordedInsertions(insertionsOf(edits, suffix), edits, bytes);
  if (insertions.length === 0 && layers.length === 0) return undefined;
  return encodeUndo({ crc: crc32(bytes), insertions, layers }, suffix);
}

/** The texts between the quotes of the string literals. */
function quotedIn({ interner, stream }: LoadedPart, bytes: Buffer, language: Language): Quoted {
  scan(bytes, interner, stream, dialectOf(language));
  const { kinds, starts, ends, count } = stream;
  const found: { start: number; end: number }[] = [];
  for (let i = 0; i < count; i++) {
    if (kinds[i] === KIND.string) found.push(contentOf(bytes, starts[i] as number, ends[i] as number));
  }
  return found;
}

/** `"text"`, `u8"text"`, `R"x(text)x"`, also without its closing quote. */
function contentOf(bytes: Buffer, start: number, end: number): { start: number; end: number } {
  const quote = bytes.indexOf(34, start);
  const open = bytes[quote - 1] === 82 && quote > start ? bytes.indexOf(40, quote) : quote;
  if (open < 0 || open >= end) return { start: quote + 1, end: Math.max(quote + 1, end - 1) };
  const closing = open - quote + 1;
  return { start: open + 1, end: Math.max(open + 1, bytes[end - 1] === 34 ? end - closing : end) };
}
