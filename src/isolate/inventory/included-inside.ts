/** Owns which files that open namespaces are only included inside of other namespaces: theirs are inner ones. */
import { basename } from "node:path/posix";

import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import type { Reading } from "../survey/heads.js";
import type { MacroFact } from "../survey/macro-facts.js";
import { wordsOf } from "../survey/words.js";
import { includeGraph } from "../visibility/include-graph.js";
import { includeLines } from "../visibility/include-lines.js";
import { createLineTable, includeTable } from "../visibility/include-table.js";
import { nestedFiles } from "../visibility/nested-files.js";
import type { InventoryFile } from "./read-tree.js";
import type { Reader } from "./reader.js";
import { SITE } from "./sites.js";

/** Makes the namespaces of such files inner ones, and counts what is included for those around; gives the names of the files. */
export function withdrawInner(reader: Reader, files: readonly InventoryFile[]): string[] {
  const { sites, innerIncludes } = reader;
  if (innerIncludes.length === 0) return [];
  countIncluded(reader, files);
  const opening = filesThatOpen(reader, files);
  if (opening.size === 0) return [];
  const inside = includedInside(reader, files, new Set([...opening].map((file) => basename((files[file] as InventoryFile).path))));
  const nested = new Set([...opening].filter((file) => inside.has(file)));
  for (let at = 0; at < sites.count; at++)
    if (sites.kinds[at] === SITE.namespace && nested.has(sites.files[at] as number)) sites.kinds[at] = SITE.nestedNamespace;
  return [...new Set([...nested].map((file) => basename((files[file] as InventoryFile).path)))].toSorted();
}

/** What a file of the tree defines stands in the namespace that it is included in. */
function countIncluded({ defines, innerIncludes }: Reader, files: readonly InventoryFile[]): void {
  const own = new Set(files.map(({ path }) => basename(path)));
  for (const { name, context } of innerIncludes) if (context >= 0 && own.has(name)) defines.set(context, (defines.get(context) ?? 0) + 1);
}

/** The files that open a namespace outside of all others, and whose name an include line inside of a namespace has. */
function filesThatOpen({ sites, innerIncludes }: Reader, files: readonly InventoryFile[]): ReadonlySet<number> {
  const names = new Set(innerIncludes.map(({ name }) => name));
  const found = new Set<number>();
  for (let at = 0; at < sites.count; at++)
    if (sites.kinds[at] === SITE.namespace && names.has(basename((files[sites.files[at] as number] as InventoryFile).path)))
      found.add(sites.files[at] as number);
  return found;
}

/** The files of the names that no include line outside of all namespaces leads to; what has none of the names is not read. */
function includedInside(reader: Reader, files: readonly InventoryFile[], names: ReadonlySet<string>): ReadonlySet<number> {
  const inner = new Map<number, Set<number>>();
  for (const { file, offset } of reader.innerIncludes) inner.set(file, (inner.get(file) ?? new Set()).add(offset));
  const table = createLineTable();
  const including: [number, number[]][] = [];
  const facts: MacroFact[] = [];
  const words = wordsOf(reader.interner);
  for (const [index, file] of files.entries()) {
    const { bytes, language } = file;
    if (![...names].some((name) => bytes.includes(name, 0, "latin1"))) continue;
    scan(bytes, reader.interner, reader.stream, dialectOf(language));
    const reading: Reading = { stream: reader.stream, bytes, words };
    including.push([index, includeLines(reading, directivesOf(reading), table.placeOf)]);
    const offsets = inner.get(index);
    if (offsets !== undefined) facts.push(...nestingFacts(reading, index, offsets));
  }
  const graph = includeGraph(
    files.map(({ path }) => path),
    [includeTable(table, including)],
  );
  return new Set(nestedFiles(facts, graph).map(([file]) => file));
}

/** The first and the last token of each preprocessor line. */
function directivesOf({ stream: { kinds, count } }: Reading): number[] {
  const found: number[] = [];
  for (let at = 0; at < count; at++) if (kinds[at] === KIND.directive || kinds[at] === KIND.directiveEnd) found.push(at);
  return found;
}

/** What a survey tells of the include lines whose paths stand at the offsets. */
function nestingFacts({ stream: { kinds, values, starts, count } }: Reading, file: number, offsets: ReadonlySet<number>): MacroFact[] {
  const found: MacroFact[] = [];
  for (let at = 0, line = 0; at < count; at++) {
    if (kinds[at] !== KIND.directive || values[at] !== DIRECTIVE.include) continue;
    if (offsets.has(starts[at + 1] as number)) found.push({ kind: "nests", name: "", line, words: [], file });
    line++;
  }
  return found;
}
