/** Owns the features of a release as its branches tell them, whatever their state: also those that left their base. */
import type { ObjectPool } from "../../git/object-pool.js";
import { type Graph, ancestorsOf, ownCommits, startBelow } from "../candidate/feature-branches.js";

export interface FeatureOn {
  readonly name: string;
  readonly release: string;
  readonly tip: string;
  /** Where its own commits start: the base, or what it builds on. */
  readonly start: string;
  /** Oldest first, merges left out; empty for one that does not stand on its base. */
  readonly commits: readonly string[];
  readonly dependsOn: readonly string[];
  /** It does not stand on the base of its release. */
  readonly astray: boolean;
}

/** Names to tips of the branches `<feature>/<release>`. */
export function tipsOf(refs: ReadonlyMap<string, string>, release: string): Map<string, string> {
  return new Map(
    [...refs].flatMap(([ref, commit]) => {
      const [, name] = /^refs\/heads\/([^/]+)\//.exec(ref) ?? [];
      const isOne = name !== undefined && name !== "base" && ref === `refs/heads/${name}/${release}`;
      return isOne ? [[name, commit] as const] : [];
    }),
  );
}

/** `base`: the commit that they stand on. */
export async function featuresOn(
  pool: ObjectPool,
  { release, base, tips }: { readonly release: string; readonly base: string; readonly tips: ReadonlyMap<string, string> },
): Promise<FeatureOn[]> {
  const graph = await ownCommits(pool, base, [...tips.values()]);
  return [...tips].map(([name, tip]) => featureOn({ name, release, tip, base }, tips, graph));
}

interface Named {
  readonly name: string;
  readonly release: string;
  readonly tip: string;
  readonly base: string;
}

function featureOn({ name, release, tip, base }: Named, tips: ReadonlyMap<string, string>, graph: Graph): FeatureOn {
  const below = ancestorsOf(graph, tip);
  const others = [...tips].filter(([other, otherTip]) => other !== name && otherTip !== tip && below.has(otherTip));
  const foreign = new Set(others.map(([, otherTip]) => otherTip));
  for (const [, otherTip] of others) for (const commit of ancestorsOf(graph, otherTip)) foreign.add(commit);
  const astray = startBelow(graph, tip, base) === undefined;
  const own = [...graph].filter(([commit]) => (commit === tip || below.has(commit)) && !foreign.has(commit));
  const commits = astray ? [] : own.filter(([, parents]) => parents.length < 2).map(([commit]) => commit);
  const start = graph.get(commits.at(-1) ?? "")?.[0] ?? base;
  return { name, release, tip, start, commits: commits.toReversed(), dependsOn: others.map(([other]) => other).toSorted(), astray };
}
