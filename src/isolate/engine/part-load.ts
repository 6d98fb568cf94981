/** Owns the first pass over a part of a tree: each code file is read, scanned once and surveyed. */
import { basename } from "node:path";
import { setImmediate as turn } from "node:timers/promises";

import { createFastInterner, type Interner } from "../../tokens/interner.js";
import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { createStream, type TokenStream } from "../../tokens/stream.js";
import { wallClockMs } from "../../support/clock.js";
import { takeFiles } from "./file-taking.js";
import type { FileContent, ReadContent } from "./file-content.js";
import type { FileStamp } from "./file-stamp.js";
import { lineAt } from "./rewrite.js";
import type { Kept } from "./part-restore.js";
import { warmUp } from "../../tokens/warm-up.js";
import { dialectOf, isAssembler, type Language, languageIn } from "../code-files.js";
import { findEdits } from "../decide/edits.js";
import type { FileEdits } from "../decide/file-edits.js";
import { type CodeStrings, codeStrings, codeTest } from "../generated-code.js";
import { createIndexer, type FileIndexer } from "../decide/file-index.js";
import { type HeaderMacros, headerMacros } from "../constructs/header-macros.js";
import { pastingDefinitions } from "../decide/macro-definitions.js";
import { stringDefinitions } from "../decide/macro-strings.js";
import type { MacroDefinition, MacroStrings } from "../decide/macro-model.js";
import { createTable, ROLE } from "../decide/names-table.js";
import { macroFileOf } from "./part-macros.js";
import type { PartFile, PartRequest } from "./part-model.js";
import { surveyFile } from "../survey/survey.js";
import { type KnownMacros, NO_MACROS as NO_KNOWN_MACROS, type Survey } from "../survey/survey-model.js";
import { includeLines as linesOf } from "../visibility/include-lines.js";
import { createLineTable, type LineTable } from "../visibility/include-table.js";
import { type Words, wordsOf } from "../survey/words.js";

/** A code file of a part, in memory. */
export interface CodeFile {
  readonly file: PartFile;
  readonly language: Language;
  readonly content: FileContent;
  /** Lines by byte offset, as far as anybody asked for them. */
  readonly lines: Map<number, number>;
  /** The scope in the midst of which it is included, with the words of that. */
  readonly standing?: { readonly kind: "class" | "namespace"; readonly words: readonly string[] } | undefined;
  /** Its include lines, by their places in the part's table. */
  readonly includes: readonly number[];
  /** Handle of its identifiers in the part's indexer. */
  readonly ids: number;
  readonly survey: Survey;
  /** The edits of namespace tokens, as far as this file alone decides them. */
  readonly edits: FileEdits;
  /** Macros in it that paste tokens. */
  readonly pasting: readonly MacroDefinition[];
  /** Macros that make strings of their parameters, or hand them on. */
  readonly strings: readonly MacroStrings[];
  readonly headerMacros: HeaderMacros | undefined;
  /** Strings that hold code with a namespace's name. */
  readonly code: CodeStrings | undefined;
}

/** A part with everything its files have in common. */
export interface LoadedPart {
  readonly request: PartRequest;
  readonly interner: Interner;
  readonly words: Words;
  /** Reused by every scan. */
  readonly stream: TokenStream;
  readonly indexer: FileIndexer;
  /** The include lines of all files. */
  readonly includeLines: LineTable;
  readonly read: ReadContent;
  /** In the order of the request. */
  readonly files: readonly CodeFile[];
  /** Macros that change what declarations say, once the whole tree is known. */
  readonly macros: KnownMacros;
  /** Source files that others include. */
  readonly shared: ReadonlySet<number>;
  /** Stamps of the files that were read, by index in the tree. */
  readonly stamps: Map<number, FileStamp>;
  /** When the reading began (ms since 1970). */
  readonly startedAt: number;
  /** What unchanged files came to in an earlier run; undefined in a run of its own. */
  readonly kept: Kept | undefined;
}

/** From this number of files on, showing the plain scanner all kinds of tokens first makes the whole faster. */
const FILES_WORTH_WARMING = 100;

/** Signals get their turn after so many files. */
const FILES_A_TURN = 1024;

/** Loads a part; `told` hears after each code file. Throws `input-missing` or `disk`. */
export async function loadPart(request: PartRequest, told: () => void, read: ReadContent): Promise<LoadedPart> {
  const startedAt = wallClockMs();
  const interner = createFastInterner(request.trigraphs);
  if (interner.native === undefined && (request.shared?.paths ?? request.files).length > FILES_WORTH_WARMING) warmUp();
  const part = beginPart(request, interner, read);
  const load = createFileLoader(part);
  const stamps = new Map<number, FileStamp>();
  const files: CodeFile[] = [];
  const taken: PartFile[] = [];
  for (const file of request.shared === undefined ? request.files : takeFiles(request.shared)) {
    taken.push(file);
    const loaded = load(file, stamps);
    if (file.code) told();
    if (loaded !== undefined) files.push(loaded);
    if (taken.length % FILES_A_TURN === 0) await turn();
  }
  const { shared: _shared, ...asked } = request;
  return {
    ...part,
    request: { ...asked, files: taken },
    files,
    macros: NO_KNOWN_MACROS,
    shared: NONE_SHARED,
    stamps,
    startedAt,
    kept: undefined,
  };
}

/** What the files of a part have in common, before one is read; `lines`: the include lines of an earlier run. */
export type BegunPart = Pick<LoadedPart, "request" | "interner" | "words" | "stream" | "indexer" | "includeLines" | "read">;

export function beginPart(request: PartRequest, interner: Interner, read: ReadContent, lines: readonly string[] = []): BegunPart {
  return {
    request,
    interner,
    words: wordsOf(interner),
    stream: createStream(1 << 17),
    indexer: createIndexer(interner),
    includeLines: createLineTable(lines),
    read,
  };
}

/** Gives a function that reads, scans and surveys one file; undefined for what is no code. */
export function createFileLoader(part: BegunPart): (file: PartFile, stamps: Map<number, FileStamp>) => CodeFile | undefined {
  const { request, interner, words, stream, indexer, includeLines, read } = part;
  const table = createTable();
  for (const name of request.namespaces) table.give(interner.internText(name), ROLE.namespace);
  table.giveWords(interner.internText);
  const isCode = codeTest(request.namespaces);
  return (file, stamps) => {
    if (!file.code) return undefined;
    const content = read(`${request.source}/${file.path}`);
    stamps.set(file.index, content.stamp);
    const bytes = content.once();
    const language = languageIn(file.path, bytes);
    if (language === undefined) return undefined;
    scan(language === "m4" ? NOTHING : bytes, interner, stream, dialectOf(language));
    if (file.path.endsWith(".m") && !isObjectiveC(stream)) return undefined;
    const reading = { stream, bytes: language === "m4" ? NOTHING : bytes, words, stands: indexer.stands };
    const index = indexer.add(stream, table.roles);
    const ids = indexer.keepIds();
    const isHeader = request.macros === true && language === "header";
    const pasting =
      index.pastes.length > 0 ? pastingDefinitions(reading, index, macroFileOf(file, language, NONE_SHARED), interner.name) : NO_MACROS;
    const strings = isAssembler(language) ? [] : stringDefinitions(reading, index.directives, interner.name);
    const edits = findEdits(
      reading,
      index,
      table,
      { index: file.index, nested: undefined, isAssembler: isAssembler(language), isC: language === "c" },
      interner.name,
    );
    const survey = surveyFile(reading, language, NO_KNOWN_MACROS, basename(file.path));
    return {
      file,
      language,
      content,
      lines: definitionLines(survey, bytes),
      includes: linesOf(reading, index.directives, includeLines.placeOf),
      ids,
      survey,
      edits,
      pasting,
      strings,
      headerMacros: isHeader ? headerMacros(reading, index.directives) : undefined,
      code: request.namespaces.length === 0 ? undefined : codeStrings(stream, bytes, isCode),
    };
  };
}

/** The lines that the survey of the tree asks for, found while the bytes are at hand. */
function definitionLines({ defined, constants }: Survey, bytes: Buffer): Map<number, number> {
  return new Map([...defined, ...constants].map(({ offset }) => [offset, lineAt(bytes, offset)]));
}

/** What is m4's is read by its own reader (m4-assembler.ts). */
const NOTHING = Buffer.alloc(0);

const NO_MACROS: readonly MacroDefinition[] = [];
const NONE_SHARED: ReadonlySet<number> = new Set();

/** `.m` is Objective-C when it includes or imports something; otherwise it is MATLAB's. */
function isObjectiveC({ kinds, values, count }: TokenStream): boolean {
  for (let i = 0; i < count; i++) if (kinds[i] === KIND.directive && values[i] === DIRECTIVE.include) return true;
  return false;
}
