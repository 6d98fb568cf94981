/** Owns the second pass over a part: the decided names get their suffix, every file of the part is put into the output. */
import { createHash } from "node:crypto";
import { join } from "node:path";

import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import { type FileEdits, findEdits } from "../decide/edits.js";
import { createTable, type NamesTable, ROLE } from "../decide/names-table.js";
import { nestedUses } from "../survey/nested-namespaces.js";
import { createWriter } from "./output-files.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import type { Decision, PartOutput, PartResult, WrittenFile } from "./part-model.js";
import { insertSuffix, lineAt } from "./rewrite.js";

/** Writes all files of a part; `told` hears after each. Throws `disk`. */
export function writePart(part: LoadedPart, decision: Decision, output: PartOutput, told: () => void): PartResult {
  const table = tableOf(part, decision);
  const write = createWriter(output);
  const suffix = Buffer.from(part.request.suffix, "latin1");
  const code = new Map(part.files.map((file) => [file.file.index, file]));
  const files: WrittenFile[] = [];
  const counts = new Map<number, number>();
  const undecided: PartResult["undecided"] = [];
  let scratch = Buffer.allocUnsafe(1 << 20);
  for (const { index, path } of part.request.files) {
    const file = code.get(index);
    const { bytes, mode } = file?.content ?? part.read(join(part.request.source, path));
    const edits = file === undefined ? NO_EDITS : editsOf(part, file, table);
    const length = bytes.length + edits.offsets.length * suffix.length;
    if (scratch.length < length) scratch = Buffer.allocUnsafe(length * 2);
    const written = edits.offsets.length === 0 ? bytes : insertSuffix(bytes, edits.offsets, suffix, scratch);
    write(path, written, length, mode);
    const sha256 = createHash("sha256").update(written.subarray(0, length)).digest("hex");
    files.push({ index, mode, sha256, bytes: length, edits: edits.offsets.length });
    for (const id of edits.ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const { offset, token, why } of edits.undecided) undecided.push({ file: path, line: lineAt(bytes, offset), token, why });
    told();
  }
  return { files, counts: [...counts].map(([id, edits]) => [part.interner.name(id), edits]), undecided };
}

const NO_EDITS: FileEdits = { offsets: [], ids: [], undecided: [] };

function tableOf({ interner, request }: LoadedPart, decision: Decision): NamesTable {
  const table = createTable();
  function give(name: string, role: number): number {
    const id = interner.internText(name);
    table.give(id, role);
    return id;
  }
  for (const name of decision.everywhere) give(name, ROLE.everywhere);
  for (const [name, files] of decision.inFiles) table.files.set(give(name, ROLE.inFiles), new Set(files));
  for (const name of request.namespaces) give(name, ROLE.namespace);
  const nested = new Map<number, Set<number>>();
  for (const [word, parent] of decision.nested) {
    const id = interner.internText(word);
    nested.set(id, (nested.get(id) ?? new Set()).add(parent === "" ? -1 : interner.internText(parent)));
  }
  table.nested = nested;
  table.sorted = [...decision.everywhere, ...decision.inFiles.map(([name]) => name)].toSorted();
  return table;
}

/** The first pass's edits, unless the file has more to decide: a renamed global name, a pasting macro, a nested namesake. */
function editsOf({ interner, indexer, stream, words }: LoadedPart, file: CodeFile, table: NamesTable): FileEdits {
  const isGlobal = (id: number): boolean => id < table.roles.length && (table.roles[id] as number) > ROLE.namespace;
  if (!file.pastes && table.nested.size === 0 && !indexer.has(file.ids, isGlobal)) return file.edits;
  const { bytes } = file.content;
  scan(bytes, interner, stream, dialectOf(file.language));
  const index = indexer.add(stream, table.roles);
  const nested = nestedUses(file.survey.namespaces, table.nested);
  return findEdits({ stream, bytes, words }, index, table, { index: file.file.index, nested }, interner.name);
}
