/** Owns the reading of a whole tree for its inventory: every code file scanned once, those that macros open namespaces in twice. */
import { join } from "node:path";

import { createFastInterner } from "../../tokens/interner.js";
import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { createStream, type TokenStream } from "../../tokens/stream.js";
import type { Trigraphs } from "../../tokens/trigraphs.js";
import { warmUp } from "../../tokens/warm-up.js";
import { dialectOf, isAssembler, type Language, languageIn, mayBeCode } from "../code-files.js";
import { createArena } from "../engine/arena.js";
import { withdrawInner } from "./included-inside.js";
import { readAssembler, readM4Exports } from "./assembler-exports.js";
import { noteJniNames } from "./jni-names.js";
import { createReader, type Reader } from "./reader.js";
import { readFile } from "./read-file.js";
import { SITE } from "./sites.js";
import { setRole, WATCH } from "./watch-words.js";

/** A code file in memory. */
export interface InventoryFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly language: Language;
}

/** Everything read, before it is sorted into rows. */
export interface ReadTree {
  readonly reader: Reader;
  /** In the order of the paths asked for. */
  readonly files: readonly InventoryFile[];
  readonly bytes: number;
}

/** Reads the code files among `paths` (relative to `root`). Throws `input-missing` or `disk`. */
export function readTree(root: string, paths: readonly string[], trigraphs?: Trigraphs): ReadTree {
  const read = createArena();
  const files = paths.flatMap((path) => {
    if (!mayBeCode(path)) return [];
    const { bytes } = read(join(root, path));
    const language = languageIn(path, bytes);
    return language === undefined ? [] : [{ path, language, bytes }];
  });
  return readFiles(files, trigraphs);
}

/** From this number of files on, showing the plain scanner all kinds of tokens first makes the whole faster. */
const FILES_WORTH_WARMING = 100;

/** The same for files in memory. */
export function readFiles(files: readonly InventoryFile[], trigraphs?: Trigraphs): ReadTree {
  const reader = readEach(files, () => undefined, trigraphs);
  withdrawInner(reader, files);
  return { reader, files, bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0) };
}

/** Reads one file after the other, some of them twice; `read` hears the first place of each that was read. */
export function readEach(files: readonly InventoryFile[], read: (reader: Reader, from: number) => void, trigraphs?: Trigraphs): Reader {
  const interner = createFastInterner(trigraphs);
  if (interner.native === undefined && files.length > FILES_WORTH_WARMING) warmUp();
  const reader = createReader(interner, createStream(1 << 17));
  const range = (file: InventoryFile, index: number): { from: number; to: number } => {
    const from = readOne(reader, file, index);
    read(reader, from);
    return { from, to: reader.sites.count };
  };
  readAgain(reader, files, files.map(range), range);
  return reader;
}

/** Gives the first of the file's places. */
function readOne(reader: Reader, file: InventoryFile, index: number): number {
  const { path, bytes, language } = file;
  const { sites } = reader;
  sites.file = index;
  const from = sites.count;
  scan(bytes, reader.interner, reader.stream, dialectOf(language));
  if (language === "m4") readM4Exports(reader, bytes);
  else if (isAssembler(language)) readAssembler(reader, bytes);
  else if (!isMatlab(path, reader.stream)) {
    readFile(reader, bytes, language);
    noteJniNames(reader, bytes);
  }
  return from;
}

/** `.m` is Objective-C when it includes or imports something; otherwise it is MATLAB's. */
function isMatlab(path: string, { kinds, values, count }: TokenStream): boolean {
  if (!path.endsWith(".m")) return false;
  for (let i = 0; i < count; i++) if (kinds[i] === KIND.directive && values[i] === DIRECTIVE.include) return false;
  return true;
}

/** Whether the macro is the end of one that opens no namespace: `X_END` of an `X_BEGIN` that is none of `opening`. */
function endsAnother({ interner }: Reader, id: number, opening: ReadonlyMap<number, unknown>): boolean {
  const name = interner.name(id);
  const partner = name
    .replace(/END/i, (end) => (end === "END" ? "BEGIN" : "begin"))
    .replace(/CLOSE/i, (end) => (end === "CLOSE" ? "OPEN" : "open"));
  const other = partner === name ? -1 : interner.find(partner);
  return other >= 0 && !opening.has(other);
}

/** Macros that open a namespace and leave it open are known only now: the files that use them are read once more. */
function readAgain(
  reader: Reader,
  files: readonly InventoryFile[],
  ranges: readonly { from: number; to: number }[],
  read: (file: InventoryFile, index: number) => unknown,
): void {
  const openers = reader.braceMacros.filter(({ net }) => net > 0);
  const opening = new Map(openers.toReversed().map((macro) => [macro.id, macro]));
  if (opening.size === 0) return;
  for (const macro of opening.values()) {
    setRole(reader.words, macro.id, WATCH.opener);
    reader.openers.set(macro.id, macro);
  }
  for (const { id, net } of reader.braceMacros) {
    if (net < 0 && !endsAnother(reader, id, opening)) setRole(reader.words, id, WATCH.closer);
  }
  const names = [...opening.keys()].map((id) => reader.interner.name(id));
  const { mentions } = reader;
  for (const [index, file] of files.entries()) {
    if (!names.some((name) => file.bytes.includes(name, 0, "latin1"))) continue;
    const { from, to } = ranges[index] as { from: number; to: number };
    reader.sites.kinds.fill(SITE.none, from, to);
    reader.mentions = new Int32Array(mentions.length);
    read(file, index);
  }
  reader.mentions = mentions;
}
