/**
 * Owns what is reached from some functions of a program: from section to section along relocations, over all objects and archives that
 * are linked, as a linker's garbage collection walks. A section is reached as a whole.
 */
import { UnforkError } from "../support/errors.js";
import { LOCAL } from "./classes.js";
import { demangler } from "./demangle.js";
import type { ObjectFile } from "./model.js";
import { objectsOf } from "./open.js";
import { BY_SECTION, RELOCATION_ENTRY } from "./relocations.js";
import { sectionAt } from "./sections.js";
import { sectionNumber, symbolName } from "./symbols.js";
import { placeName } from "./view.js";

export interface LinkedFile {
  readonly path: string;
  /** What is looked for: a flavor's archive. */
  readonly wanted: boolean;
}

export interface Reached {
  /** Entries that no object defines. */
  readonly unknown: readonly string[];
  /** Sections of wanted files that are reached. */
  readonly sections: number;
  /** The shortest way to the first of them, by symbols; empty where none is. */
  readonly path: readonly string[];
  /** Where the last one of the way is defined. */
  readonly place: string;
}

interface Node {
  readonly object: number;
  readonly section: number;
}

interface Graph {
  readonly objects: readonly { readonly file: ObjectFile; readonly wanted: boolean }[];
  /** Global name to where it is defined; the first in link order counts. */
  readonly defined: ReadonlyMap<string, Node>;
}

/** Entries are names as objects have them, or demangled without their arguments. Throws what the readers throw. */
export function reachFrom(files: readonly LinkedFile[], entries: readonly string[]): Reached {
  const graph = readGraph(files);
  const starts = entries.map((entry) => ({ entry, names: namesOf(entry, graph.defined) }));
  const unknown = starts.filter(({ names }) => names.length === 0).map(({ entry }) => entry);
  const walk = walkFrom(
    graph,
    starts.flatMap(({ names }) => names),
  );
  return { unknown, ...walk };
}

function readGraph(files: readonly LinkedFile[]): Graph {
  const objects: { file: ObjectFile; wanted: boolean }[] = [];
  const defined = new Map<string, Node>();
  for (const { path, wanted } of files)
    for (const file of objectsOf(path)) {
      if (file.kind !== "relocatable") throw linkedAlready(path);
      for (let index = 1; index < file.symbols.count; index++) {
        const section = sectionNumber(file.symbols, index);
        if (section <= 0 || file.symbols.classes[index] === LOCAL) continue;
        const name = symbolName(file.symbols, index);
        if (!defined.has(name)) defined.set(name, { object: objects.length, section });
      }
      objects.push({ file, wanted });
    }
  return { objects, defined };
}

function linkedAlready(path: string): UnforkError {
  return new UnforkError("object-invalid", `${path} is linked already: what it was made of is wanted`, {
    hint: "name its objects and archives",
  });
}

function namesOf(entry: string, defined: ReadonlyMap<string, Node>): string[] {
  if (defined.has(entry)) return [entry];
  const plain = demangler();
  const last = entry.slice(entry.lastIndexOf(":") + 1);
  return [...defined.keys()].filter((name) => name.includes(last) && plain(name).plain === entry);
}

interface Step {
  readonly node: Node;
  readonly name: string;
  readonly before: Step | undefined;
}

function walkFrom(graph: Graph, names: readonly string[]): Omit<Reached, "unknown"> {
  const seen = new Set<string>();
  const queue: Step[] = [];
  let first: Step | undefined;
  let sections = 0;
  function come(node: Node | undefined, name: string, before: Step | undefined): void {
    const key = node === undefined ? "" : `${node.object} ${node.section}`;
    if (node === undefined || seen.has(key)) return;
    seen.add(key);
    const step = { node, name, before };
    queue.push(step);
    if (graph.objects[node.object]?.wanted !== true) return;
    sections++;
    first ??= step;
  }
  for (const name of names) come(graph.defined.get(name), name, undefined);
  for (let at = 0; at < queue.length; at++) {
    const step = queue[at] as Step;
    for (const { node, name } of targetsOf(graph, step.node)) come(node, name, step);
  }
  return {
    sections,
    path: wayTo(first),
    place: first === undefined ? "" : placeName(graph.objects[first.node.object]?.file.place ?? { file: "", member: null }),
  };
}

/** Where a section's relocations lead. */
function* targetsOf(
  { objects, defined }: Graph,
  { object, section }: Node,
): Generator<{ readonly node: Node | undefined; readonly name: string }> {
  const file = objects[object]?.file;
  const table = file?.relocations().get(section);
  if (file === undefined || table === undefined) return;
  for (let entry = 0; entry < table.count; entry++) {
    const symbol = table.data.getUint32(entry * RELOCATION_ENTRY + 12, true);
    if (symbol >= BY_SECTION) yield { node: { object, section: symbol - BY_SECTION }, name: sectionName(file, symbol - BY_SECTION) };
    else if (symbol > 0 && symbol < file.symbols.count) yield targetOf(file, symbol, object, defined);
  }
}

function targetOf(file: ObjectFile, symbol: number, object: number, defined: ReadonlyMap<string, Node>) {
  const section = sectionNumber(file.symbols, symbol);
  const name = symbolName(file.symbols, symbol);
  const isGlobal = name !== "" && file.symbols.classes[symbol] !== LOCAL;
  const global = isGlobal ? defined.get(name) : undefined;
  if (global === undefined && section > 0) return { node: { object, section }, name: name === "" ? sectionName(file, section) : name };
  return { node: global, name };
}

function sectionName(file: ObjectFile, section: number): string {
  return section < file.sections.count ? sectionAt(file.view, file.sections, section).name : `section ${section}`;
}

function wayTo(step: Step | undefined): string[] {
  const plain = demangler();
  const way: string[] = [];
  for (let at = step; at !== undefined; at = at.before)
    way.unshift(plain(at.name.replace(/^\.(?:text|data|rodata|bss)(?:\.rel\.ro|\.unlikely)?\.(?=_Z)/, "")).plain);
  return way;
}
