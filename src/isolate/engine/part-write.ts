/** Owns the second pass over a part: the decided names get their suffix, every file of the part is put into the output. */
import { createHash } from "node:crypto";
import { join } from "node:path";

import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import { type FileEdits, findEdits } from "../decide/edits.js";
import { createTable, type NamesTable, ROLE } from "../decide/names-table.js";
import { fileRulesOf } from "../file-policy.js";
import { nestedUses } from "../survey/nested-namespaces.js";
import { createFinisher } from "./finish-file.js";
import { createWriter } from "./output-files.js";
import type { CodeFile, LoadedPart } from "./part-load.js";
import { withMacroDecisions } from "./part-macros.js";
import type { Decision, PartOutput, PartResult, WrittenFile } from "./part-model.js";
import { lineAt } from "./rewrite.js";

/** Writes all files of a part; `told` hears after each. Throws `disk`. */
export function writePart(part: LoadedPart, decision: Decision, output: PartOutput, told: () => void): PartResult {
  const table = tableOf(part, decision);
  const write = createWriter(output);
  const finish = createFinisher(part, decision);
  const code = new Map(part.files.map((file) => [file.file.index, file]));
  const files: WrittenFile[] = [];
  const counts = new Map<number, number>();
  const undecided: PartResult["undecided"] = [];
  const adjust = adjusterOf(part, decision);
  const withMacros = withMacroDecisions(decision, part.request.suffix);
  for (const { index, path } of part.request.files) {
    const file = code.get(index);
    const { bytes, mode } = file?.content ?? part.read(join(part.request.source, path));
    const edits = file === undefined ? NO_EDITS : adjust(path, withMacros(index, editsOf(part, file, table)), bytes);
    const { written, length, undo } = finish.file(path, file?.language, bytes, edits);
    if (output.changedOnly !== true || undo !== undefined) write(path, written, length, mode);
    const sha256 = createHash("sha256").update(written.subarray(0, length)).digest("hex");
    files.push({ index, mode, sha256, bytes: length, edits: edits.offsets.length + (edits.extra?.length ?? 0), undo });
    for (const id of edits.ids) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const name of (edits.extra ?? []).flatMap(({ names }) => names)) {
      const id = part.interner.internText(name);
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const { offset, token, why } of edits.undecided) undecided.push({ file: path, line: lineAt(bytes, offset), token, why });
    told();
  }
  return { files, counts: [...counts].map(([id, edits]) => [part.interner.name(id), edits]), undecided, ...finish.counts() };
}

/** Lets the policy's rules for single files change a file's edits. */
function adjusterOf({ interner }: LoadedPart, { rules }: Decision): (path: string, edits: FileEdits, bytes: Buffer) => FileEdits {
  if (rules === undefined) return (_path, edits) => edits;
  const rulesFor = fileRulesOf(rules);
  return (path, edits, bytes) => rulesFor(path)?.(edits, bytes, interner) ?? edits;
}

const NO_EDITS: FileEdits = { offsets: [], ids: [], undecided: [], pending: [], types: [] };

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
  return table;
}

/** The first pass's edits, unless the file has more to decide: a renamed global name, a nested namesake. */
function editsOf({ interner, indexer, stream, words }: LoadedPart, file: CodeFile, table: NamesTable): FileEdits {
  const isGlobal = (id: number): boolean => id < table.roles.length && (table.roles[id] as number) > ROLE.namespace;
  if (table.nested.size === 0 && file.edits.types.length === 0 && !indexer.has(file.ids, isGlobal)) return file.edits;
  const { bytes } = file.content;
  scan(bytes, interner, stream, dialectOf(file.language));
  const index = indexer.add(stream, table.roles);
  const nested = nestedUses({ namespaces: file.survey.namespaces, types: file.edits.types }, table.nested);
  return findEdits({ stream, bytes, words }, index, table, { index: file.file.index, nested }, interner.name);
}
