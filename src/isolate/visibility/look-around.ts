/** Owns what is known of global names that share their spelling with something else: the files that can mean them, the scopes that declare others. */
import type { AskMacros } from "../decide/macro-knowledge.js";
import type { Part } from "../engine/part-model.js";
import type { WordScopes } from "../engine/word-model.js";
import type { NamedPlace } from "../engine/name-model.js";
import { macroFields } from "./macro-fields.js";
import { type Declaring, filesOfOthers, filesThatSee, isIncludedBy } from "./seen-files.js";
import { treeGraph } from "./tree-graph.js";

/** By name: the files that have it and may mean it, and those of them in which a type stands only behind `struct` and its like. */
export interface Surroundings extends WordScopes {
  readonly files: ReadonlyMap<string, readonly number[]>;
  readonly tags: ReadonlyMap<string, readonly number[]>;
  /** Files that C compilers read. */
  readonly inC: readonly number[];
  /** Files that have the name and see headers that are not in the tree. */
  readonly unsure: readonly (readonly [string, readonly number[]])[];
}

/** Where no name shares its spelling. */
export const NOTHING_AROUND: Surroundings = {
  files: new Map(),
  tags: new Map(),
  inC: [],
  unsure: [],
  scopes: [],
  fields: [],
  tagged: [],
  mixed: [],
};

/** The part of a {@link Part} that is asked. */
type Asked = Pick<Part, "includes" | "sights" | "macros">;

/** Looks at the names, each with the places of its definition; `paths` are those of all files of the tree. */
export async function lookAround(
  names: ReadonlyMap<string, readonly NamedPlace[]>,
  paths: readonly string[],
  parts: readonly Asked[],
): Promise<Surroundings> {
  if (names.size === 0) return NOTHING_AROUND;
  const wanted = [...names].map(([name, places]) => ({ name, isType: places.every(isType) }));
  const graph = await treeGraph(parts, paths);
  const answers = await allOf(parts.map((part) => part.sights({ names: wanted })));
  const cFiles = filesThatSee(graph, inC(paths));
  const strange = filesOfOthers(graph);
  const files = new Map<string, number[]>();
  const tags = new Map<string, number[]>();
  const scopes: [string, string[]][] = [];
  const unsure: [string, number[]][] = [];
  const callees = new Set<string>();
  for (const { name, isType: isTag } of wanted) {
    const sights = answers.flat().filter((one) => one.name === name);
    const declared = sights.flatMap((one) => one.declared);
    const seen = filesThatSee(graph, [...declared, ...definedIn(names.get(name) ?? [], declared)]);
    const isHidden = sights.some(({ internal }) => internal.length > 0);
    const called = isHidden ? [] : sights.flatMap((one) => one.called);
    const spelled = sights.flatMap((one) => one.spelled);
    const ahead = sights.flatMap((one) => one.macros).filter((file) => !seen.has(file) && isIncludedBy(graph, file, seen));
    const here = [...new Set(spelled.filter((file) => seen.has(file)).concat(called, ahead))].toSorted((a, b) => a - b);
    const perhaps = spelled.filter((file) => strange.has(file) && !here.includes(file)).toSorted((a, b) => a - b);
    const isElse = isHidden || isTag || sights.some((one) => one.scopes.length > 0);
    if (perhaps.length > 0 && !isElse) unsure.push([name, perhaps]);
    files.set(name, here);
    const isAlias = sights.some((one) => one.isAlias);
    if (isTag && !isAlias && !(names.get(name) ?? []).some(({ file }) => /\.mm?$/.test(paths[file] as string)))
      tags.set(
        name,
        here.filter((file) => cFiles.has(file)),
      );
    scopes.push([name, [...new Set(sights.flatMap((one) => one.scopes))].toSorted()]);
    for (const callee of sights.flatMap((one) => one.callees)) callees.add(callee);
  }
  const ask: AskMacros = (question) => allOf(parts.map((part) => part.macros(question)));
  return { files, tags, unsure, inC: [...cFiles].toSorted((a, b) => a - b), scopes, ...(await macroFields([...callees].toSorted(), ask)) };
}

function isType({ kind }: NamedPlace): boolean {
  return kind === "type" || kind === "enumeration";
}

/** Files that define the name without spelling it: by a macro's call. */
function definedIn(places: readonly NamedPlace[], declared: readonly Declaring[]): Declaring[] {
  return places.flatMap(({ file }) => (declared.some((one) => one.file === file) ? [] : [{ file, lines: 0 }]));
}

/** Sources of C, of which all lines count. */
function inC(paths: readonly string[]): Declaring[] {
  return paths.flatMap((path, file) => (path.endsWith(".c") ? [{ file, lines: 0 }] : []));
}

async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
