/** Owns the second pass over a part: the decided names get their suffix, every file of the part is put into the output. */
import { withoutTexts } from "../decide/string-arguments.js";
import { basename } from "node:path";

import { sha256 } from "../../support/hash.js";
import { KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import type { Interner } from "../../tokens/interner.js";
import { dialectOf, isAssembler } from "../code-files.js";
import { findEdits } from "../decide/edits.js";
import { type FileEdits, NO_EDITS } from "../decide/file-edits.js";
import { createTable, type NamesTable, ROLE } from "../decide/names-table.js";
import { fileRulesOf } from "../file-policy.js";
import { nestedUses, type SeesNested } from "../survey/nested-namespaces.js";
import { createFinisher } from "./finish-file.js";
import { createWriter } from "./output-files.js";
import { knowledgeIn, knowledgeOf } from "./part-words.js";
import { createFormatEditor } from "./part-formats.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import { withMacroDecisions } from "./part-macros.js";
import type { FileContent } from "./file-content.js";
import { decisionChange } from "./decision-change.js";
import { type Outcome, resultOfOutcomes } from "./outcome.js";
import type { Decision, PartFile, PartOutput, PartResult } from "./part-model.js";
import { bareName } from "./part-survey.js";
import { lineAt } from "./rewrite.js";

/** Writes all files of a part; `told` hears after each. Gives what became of each file. Throws `disk`. */
export function writePart(part: LoadedPart, decision: Decision, output: PartOutput, told: () => void): WrittenPart {
  const write = createWriter(output);
  const finish = createFinisher(part, decision);
  const code = new Map(part.files.map((file) => [file.file.index, file]));
  const edited = createEditor(part, decision);
  const takenOver = takenOverFrom(part, decision, code);
  const outcomes = part.request.files.map((partFile): Outcome => {
    const { index, path } = partFile;
    const file = code.get(index);
    const known = takenOver(index);
    told();
    if (known !== undefined) return known;
    const { once, mode } = file?.content ?? readPlain(part, partFile);
    const bytes = once();
    const edits = file === undefined ? edited.other(partFile, bytes) : edited.code(file, bytes);
    const { written, length, undo } = finish.file(path, file?.language, bytes, edits);
    if (output.changedOnly !== true || undo !== undefined || partFile.to !== undefined) write(partFile, written, length, mode);
    return {
      written: {
        index,
        mode,
        sha256: sha256(written.subarray(0, length)),
        bytes: length,
        edits: edits.offsets.length + (edits.extra?.length ?? 0),
        undo,
      },
      counts: countsOf(part, edits),
      undecided: edits.undecided.map(({ offset, token, why }) => ({ file: path, line: lineAt(bytes, offset), token, why, offset })),
      stringized: edits.stringized.map(({ offset, name, macro, isLookup }) => ({
        file: path,
        line: lineAt(bytes, offset),
        name,
        macro,
        isLookup,
      })),
    };
  });
  return { outcomes, result: resultOfOutcomes(outcomes, finish.counts()) };
}

/** A part that is written. */
export interface WrittenPart {
  /** By file of the request. */
  readonly outcomes: readonly Outcome[];
  readonly result: PartResult;
}

/** A file that is copied as it is. */
function readPlain({ read, request, stamps }: LoadedPart, { index, path }: PartFile): FileContent {
  const content = read(`${request.source}/${path}`);
  stamps.set(index, content.stamp);
  return content;
}

/** Gives what became of a file in an earlier run, when neither the file nor what is decided for it has changed since. */
function takenOverFrom(part: LoadedPart, decision: Decision, code: ReadonlyMap<number, CodeFile>): (index: number) => Outcome | undefined {
  const { kept, indexer, interner } = part;
  if (kept === undefined) return () => undefined;
  const change = decisionChange(kept.decision, decision);
  if (change.all) return () => undefined;
  const ids = new Set([...change.names].map((name) => interner.find(name)));
  const formats = new Set(part.request.files.flatMap(({ index, format }) => (format === undefined ? [] : [index])));
  return (index) => {
    const file = code.get(index);
    const hasOtherNames = formats.has(index) || (file !== undefined && file.edits.asm.length > 0);
    const isConcerned =
      (change.names.size > 0 && hasOtherNames) ||
      change.files.has(index) ||
      (file !== undefined && ids.size > 0 && indexer.has(file.ids, (id) => ids.has(id)));
    return isConcerned ? undefined : kept.outcomes.get(index);
  };
}

function countsOf({ interner }: LoadedPart, { ids, extra }: FileEdits): Outcome["counts"] {
  const counts = new Map<string, number>();
  const add = (name: string): unknown => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const id of ids) add(interner.name(id));
  for (const { names } of extra ?? []) for (const name of names) add(name);
  return [...counts];
}

interface Editor {
  readonly code: (file: CodeFile, bytes: Buffer) => FileEdits;
  readonly other: (file: PartFile, bytes: Buffer) => FileEdits;
}

/** Gives functions that find the edits of a file for the decision. */
function createEditor(part: LoadedPart, decision: Decision): Editor {
  const formats = createFormatEditor(part, decision);
  const table = tableOf(part, decision);
  const adjust = adjusterOf(part, decision);
  const joined = new Set(decision.joined);
  const withMacros = withMacroDecisions(decision, part.request.suffix);
  return {
    code: (file, bytes) => {
      const own = editsOf(part, file, table);
      const edits = withMacros(file.file.index, file.language === "nasm" ? withoutJoined(own, joined, part.interner) : own);
      return adjust(file.file, formats.code(file, edits, bytes), bytes);
    },
    other: (file, bytes) => (file.format === undefined ? NO_EDITS : adjust(file, formats.other(file.format, bytes), bytes)),
  };
}

/** The edits without words that stand for symbols with a prefix: these get the flavor where the prefix is joined. */
function withoutJoined(edits: FileEdits, words: ReadonlySet<string>, { name }: Interner): FileEdits {
  const stays = (_: number, at: number): boolean => !words.has(name(edits.ids[at] as number));
  return words.size === 0 ? edits : { ...edits, offsets: edits.offsets.filter(stays), ids: edits.ids.filter(stays) };
}

/** Lets the policy's rules for single files change a file's edits. */
function adjusterOf({ interner }: LoadedPart, { rules }: Decision): (file: PartFile, edits: FileEdits, bytes: Buffer) => FileEdits {
  if (rules === undefined) return (_file, edits) => edits;
  const rulesFor = fileRulesOf(rules);
  return (file, edits, bytes) => rulesFor(file)?.(edits, bytes, interner) ?? edits;
}

function tableOf({ interner, request }: LoadedPart, decision: Decision): NamesTable {
  const table = createTable();
  function give(name: string, role: number): number {
    const id = interner.internText(name);
    table.give(id, role);
    return id;
  }
  for (const name of decision.everywhere) give(name, ROLE.everywhere);
  for (const [name, files] of decision.inFiles) table.files.set(give(name, ROLE.inFiles), new Set(files));
  for (const [macro, only, also, texts, count] of decision.strings)
    table.strings.set(interner.internText(macro), { only: new Set(only), also: new Set(also), texts: new Set(texts), count });
  for (const [name, files] of decision.tags) table.tags.set(interner.internText(name), new Set(files));
  table.knowledge = knowledgeOf(interner, decision);
  for (const name of request.namespaces) give(name, ROLE.namespace);
  table.giveWords(interner.internText);
  for (const [macro, indices] of decision.symbols) {
    const id = interner.internText(macro);
    table.symbols.set(id, new Set(indices));
    if ((table.roles[id] ?? ROLE.none) === ROLE.none) give(macro, ROLE.asm);
  }
  const nested = new Map<number, Set<number>>();
  for (const { word, path } of decision.nested) {
    const id = interner.internText(word);
    const parents = nested.get(id) ?? new Set<number>();
    const parent = path.at(-1) ?? "";
    for (const name of spellings(parent, request)) parents.add(name === "" ? -1 : interner.internText(name));
    nested.set(id, parents);
  }
  table.nested = nested;
  table.nestedIn = nestedIn(decision.nested);
  return table;
}

/** By `word` and path: the files that introduce it for others. */
function nestedIn(found: Decision["nested"]): Map<string, Set<string>> {
  const files = new Map<string, Set<string>>();
  for (const { word, path, file } of found) {
    const key = [word, ...path].join("::");
    if (file !== undefined) files.set(key, (files.get(key) ?? new Set<string>()).add(file));
  }
  return files;
}

/** Whether the file that `stream` holds includes one that introduces the word in the namespace of that path. */
function seesNested({ interner, stream, request }: LoadedPart, bytes: Uint8Array, { nestedIn: files }: NamesTable): SeesNested {
  const included = new Set<string>();
  for (let at = 0; at < stream.count && files.size > 0; at++) {
    if (stream.kinds[at] !== KIND.includePath) continue;
    const path = Buffer.from(bytes.subarray((stream.starts[at] as number) + 1, (stream.ends[at] as number) - 1)).toString("latin1");
    included.add(basename(path));
  }
  return (word, path) => {
    const key = [interner.name(word), ...path.map((id) => bareName(id, interner.name, request))].join("::");
    return [...(files.get(key) ?? [])].some((file) => included.has(file));
  };
}

/** A namespace's word and, when it is one that gets the flavor, the same with or without it: another file may be renamed already. */
function spellings(word: string, { namespaces, suffix }: LoadedPart["request"]): readonly string[] {
  if (namespaces.includes(word)) return [word, word + suffix];
  const bare = word.endsWith(suffix) ? word.slice(0, -suffix.length) : word;
  return namespaces.includes(bare) ? [word, bare] : [word];
}

/** The first pass's edits, unless the file has more to decide: a renamed global name, a nested namesake. */
function editsOf(part: LoadedPart, file: CodeFile, table: NamesTable): FileEdits {
  const edits = decidedEdits(part, file, table);
  return edits.calls === undefined || edits.calls.length === 0
    ? edits
    : withoutTexts(edits, edits.calls, table.strings, part.interner.name);
}

function decidedEdits(part: LoadedPart, file: CodeFile, table: NamesTable): FileEdits {
  const { interner, indexer, stream, words } = part;
  const isGlobal = (id: number): boolean =>
    id < table.roles.length && (table.roles[id] === ROLE.everywhere || table.roles[id] === ROLE.inFiles);
  if (table.nested.size === 0 && file.edits.types.length === 0 && !indexer.has(file.ids, isGlobal)) return file.edits;
  const bytes = file.content.once();
  scan(bytes, interner, stream, dialectOf(file.language));
  const index = indexer.add(stream, table.roles);
  const nested = nestedUses({ namespaces: file.survey.namespaces, types: file.edits.types }, table.nested, seesNested(part, bytes, table));
  return findEdits(
    { stream, bytes, words, opened: file.survey.namespaces },
    index,
    file.standing === undefined ? table : { ...table, knowledge: knowledgeIn(interner, table.knowledge, file) },
    { index: file.file.index, nested, isAssembler: isAssembler(file.language), isC: file.language === "c" },
    interner.name,
  );
}
