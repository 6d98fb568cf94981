/** Owns names that rules for single files tear apart: one symbol that some files rename and others keep does not link. */
import type { IsolationPlan } from "../../model/isolation.js";
import type { Part, SplitName } from "../engine/part-model.js";
import type { NamedPlace } from "../engine/name-model.js";
import { type NameRules, nameRulesOf } from "../name-rules.js";
import type { IncludeGraph } from "../visibility/include-graph.js";
import { lookAround, type Surroundings } from "../visibility/look-around.js";
import { filesThatSee } from "../visibility/seen-files.js";
import { treeGraph } from "../visibility/tree-graph.js";

/** What is asked, and of whom. */
export interface SplitRequest {
  readonly plan: IsolationPlan;
  /** What the tree defines. */
  readonly found: ReadonlyMap<string, readonly NamedPlace[]>;
  /** Paths of all files. */
  readonly files: readonly string[];
  readonly parts: readonly Pick<Part, "includes" | "sights" | "macros">[];
}

/** A name with the files that mean it. */
interface Sides {
  readonly name: string;
  readonly kept: readonly number[];
  readonly renamed: readonly number[];
  /** Where it is defined; none of a namespace. */
  readonly places: readonly NamedPlace[];
}

/**
 * Each name with the files that keep it while others, which mean the same symbol by their include lines, rename it. No file of which
 * the name is its own; nor files that define another one and see none of the first.
 */
export async function splitNames({ plan, found, files, parts }: SplitRequest): Promise<SplitName[]> {
  const rules = nameRulesOf(plan);
  const isConcerned = (name: string): boolean => rules.limitedTo(name).length > 0;
  const names = new Map([...found].filter(([name]) => isConcerned(name)));
  const spaces = plan.namespaces.filter(isConcerned);
  if (names.size + spaces.length === 0) return [];
  const around = await lookAround(names, files, parts);
  const graph = await treeGraph(parts, files);
  const sides = [
    ...[...names].map(([name, places]) => withoutOwn(sidesOf(name, meaning(name, around), places, files, rules), graph)),
    ...(await filesOf(spaces, parts)).map(([name, list]) => sidesOf(name, list, [], files, rules)),
  ];
  return sides.flatMap((one) => splitOf(one, files, rules));
}

/** The files that mean the name, or may by a header that is not in the tree. */
function meaning(name: string, { files, unsure }: Surroundings): number[] {
  const perhaps = unsure.flatMap(([word, list]) => (word === name ? list : []));
  return [...new Set([...(files.get(name) ?? []), ...perhaps])].toSorted((a, b) => a - b);
}

/** By namespace: the files that have its word. */
async function filesOf(names: readonly string[], parts: SplitRequest["parts"]): Promise<[string, number[]][]> {
  if (names.length === 0) return [];
  const asked = parts.map((part) => part.sights({ names: names.map((name) => ({ name, isType: false })) }));
  await Promise.allSettled(asked);
  const sights = (await Promise.all(asked)).flat();
  return names.map((name) => [name, sights.flatMap((one) => (one.name === name ? one.spelled : [])).toSorted((a, b) => a - b)]);
}

function sidesOf(name: string, files: readonly number[], places: readonly NamedPlace[], paths: readonly string[], rules: NameRules): Sides {
  const otherwise = rules.everywhere(name) ?? "rename";
  const isKept = (file: number): boolean => (rules.inFile(paths[file] as string)?.(name) ?? otherwise) === "keep";
  return { name, places, kept: files.filter(isKept), renamed: files.filter((file) => !isKept(file)) };
}

/** Without the files that keep a name of their own: one that they define, and that no file which renames it sees, nor they that one's. */
function withoutOwn(sides: Sides, graph: IncludeGraph): Sides {
  const { kept, renamed, places } = sides;
  const defines = (file: number): boolean => places.some((place) => place.file === file);
  if (!renamed.some(defines)) return sides;
  const seenBy = (files: readonly number[]): ReadonlySet<number> =>
    filesThatSee(
      graph,
      files.map((file) => ({ file, lines: 0 })),
    );
  const strange = seenBy(renamed);
  const apart = kept.filter((file) => !strange.has(file) && !renamed.some((other) => seenBy([file]).has(other)));
  const own = seenBy(apart.filter(defines));
  return { ...sides, kept: kept.filter((file) => !apart.includes(file) || !own.has(file)) };
}

function splitOf({ name, kept, renamed, places }: Sides, paths: readonly string[], rules: NameRules): SplitName[] {
  if (kept.length === 0 || renamed.length === 0) return [];
  const place = places.find(({ file }) => renamed.includes(file));
  const first = place === undefined ? paths[renamed[0] as number] : `${paths[place.file]}:${place.line}`;
  const more = renamed.length === 1 ? "renames" : `and ${renamed.length - 1} more file${renamed.length === 2 ? "" : "s"} rename`;
  const why = `it stays here by ${rules.limitedTo(name).join(", ")}, but ${first} ${more} the same name: keep or rename it in all of them, or \`settle\` this one as \`leave\` where it is another`;
  return [{ name, files: kept, why }];
}
