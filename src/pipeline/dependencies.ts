/** Owns the comparison of what both releases take in: what their trees declare, and what the project really compiles. */
import { relative, resolve } from "node:path";
import { z } from "zod";

import type { Dependency, DependencyChanges } from "../model/dependencies.js";
import { declaredDependencies } from "../sources/declared-dependencies.js";
import { readTextIfThere } from "../support/fs.js";
import { byText } from "../support/order.js";
import type { StageOutputs } from "./outputs.js";

const databaseSchema = z.array(z.object({ directory: z.string(), file: z.string() }));

/** Folders in which projects keep what is not theirs. */
const FOREIGN = /(?:^|\/)((?:third_party|3rdparty|thirdparty|external|extern|vendor|subprojects)\/[^/]+)\//;

interface Built {
  /** The tree as upstream made it. */
  readonly tree: string;
  /** The tree that is compiled, and the compile database over it. */
  readonly isolated: string;
  readonly compileDatabase: string | null;
}

export interface Done {
  readonly fetch?: StageOutputs["fetch"] | undefined;
  readonly isolate?: StageOutputs["isolate"] | undefined;
  readonly build?: StageOutputs["build"] | undefined;
}

/**
 * Null where nothing is fetched, or neither release declares or compiles anything that is not its own. `shared` are the folders of modules
 * that one flavor compiles for both.
 */
export async function dependencyChanges(done: Done, shared: readonly string[]): Promise<DependencyChanges | null> {
  const { fetch, isolate, build } = done;
  if (fetch === undefined) return null;
  const of = (flavor: "legacy" | "latest"): Built => ({
    tree: fetch[flavor].path,
    isolated: isolate?.[flavor].path ?? "",
    compileDatabase: build?.[flavor]?.compileDatabase ?? null,
  });
  const [legacy, latest] = [await dependenciesOf(of("legacy")), await dependenciesOf(of("latest"))];
  if (legacy.length + latest.length === 0) return null;
  return changesBetween([...legacy, ...sharedWith(legacy, latest, shared)], [...latest, ...sharedWith(latest, legacy, shared)]);
}

async function dependenciesOf({ tree, isolated, compileDatabase }: Built): Promise<Dependency[]> {
  const text = compileDatabase === null ? undefined : await readTextIfThere(compileDatabase);
  const files = text === undefined ? [] : databaseSchema.parse(JSON.parse(text)).map(({ directory, file }) => resolve(directory, file));
  return [...(await declaredDependencies(tree)), ...compiledIn(files, isolated)];
}

/** What the other flavor compiles for this one, too. */
export function sharedWith(own: readonly Dependency[], other: readonly Dependency[], shared: readonly string[]): Dependency[] {
  const isShared = ({ name, how }: Dependency): boolean =>
    how === "compiled" && shared.some((path) => path === name || path.startsWith(`${name}/`) || name.startsWith(`${path}/`));
  return other.filter((each) => isShared(each) && !own.some(({ name, how }) => name === each.name && how === each.how));
}

/** One for each foreign folder that files are compiled of, with how many. */
export function compiledIn(files: readonly string[], tree: string): Dependency[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const name = FOREIGN.exec(relative(tree, file))?.[1];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([name, size]) => ({ name, how: "compiled" as const, at: String(size) }));
}

function keyOf({ name, how }: Dependency): string {
  return `${name}\0${how}`;
}

function sorted(items: readonly Dependency[]): Dependency[] {
  return items.toSorted((a, b) => byText(a.name, b.name) || byText(a.how, b.how));
}

/** Sorted by name. What is compiled and declared counts each by itself. */
export function changesBetween(legacy: readonly Dependency[], latest: readonly Dependency[]): DependencyChanges {
  const [before, after] = [new Map(legacy.map((each) => [keyOf(each), each])), new Map(latest.map((each) => [keyOf(each), each]))];
  const both = sorted([...before.values()].filter((each) => after.has(keyOf(each))));
  const rolled = both.flatMap((each) => {
    const now = after.get(keyOf(each))?.at ?? "";
    return each.how === "DEPS" && each.at !== "" && now !== "" && now !== each.at ? [{ name: each.name, from: each.at, to: now }] : [];
  });
  return {
    removed: sorted([...before].flatMap(([key, each]) => (after.has(key) ? [] : [each]))),
    added: sorted([...after].flatMap(([key, each]) => (before.has(key) ? [] : [each]))),
    rolled,
    kept: both.length,
  };
}
