/** Owns the features of a release as a repository's branches tell them: `<feature>/<release>` beside `base/<release>`. */
import { shownBytes } from "../../git/bytes.js";
import { gitOk } from "../../git/git.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { messageText, parseRawCommit } from "../../git/raw-commit.js";
import { listRefs } from "../../git/refs.js";
import { UnforkError } from "../../support/errors.js";
import { dependencyOrder } from "../order.js";
import type { FeatureBranch } from "./merge-features.js";

export interface ReleaseBranches {
  readonly base: { readonly commit: string; readonly tree: string };
  /** What others build on first, then by name. */
  readonly features: readonly (FeatureBranch & { readonly dependsOn: readonly string[] })[];
}

/** Throws `input-missing` without a branch `base/<release>`, `input-invalid` for a feature that does not stand on it. */
export async function featureBranches(pool: ObjectPool, release: string): Promise<ReleaseBranches> {
  const refs = await listRefs(pool.repository);
  const base = refs.get(`refs/heads/base/${release}`);
  if (base === undefined) {
    const known = [...refs.keys()].flatMap((ref) => (ref.startsWith("refs/heads/base/") ? [ref.slice("refs/heads/base/".length)] : []));
    throw new UnforkError("input-missing", `there is no branch base/${release} in ${pool.repository.path}`, {
      hint:
        known.length === 0 ? `git branch base/${release} <upstream's commit of that release>` : `releases with a base: ${known.join(", ")}`,
    });
  }
  const tips = new Map([...refs].flatMap(([ref, commit]) => featureOf(ref, release, commit)));
  const graph = await ownCommits(pool, base, [...tips.values()]);
  const features = await Promise.all([...tips].map(([name, commit]) => readBranch(pool, { name, commit, base, tips, graph })));
  return { base: { commit: base, tree: await treeOf(pool, base) }, features: dependencyOrder(features) };
}

function featureOf(ref: string, release: string, commit: string): [string, string][] {
  const [, name] = /^refs\/heads\/([^/]+)\//.exec(ref) ?? [];
  return name !== undefined && name !== "base" && ref === `refs/heads/${name}/${release}` ? [[name, commit]] : [];
}

/** Commits above the base, each with its parents. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** In the order of `git rev-list --topo-order`: children first. */
export async function ownCommits(pool: ObjectPool, base: string, tips: readonly string[]): Promise<Graph> {
  if (tips.length === 0) return new Map();
  const input = [...new Set(tips), `^${base}`, ""].join("\n");
  const output = (await gitOk(pool.repository, ["rev-list", "--topo-order", "--parents", "--stdin"], { input })).toString("latin1");
  const lines = output.split("\n").filter((line) => line !== "");
  return new Map(lines.map((line) => [line.slice(0, 40), line.split(" ").slice(1)]));
}

interface BranchQuestion {
  readonly name: string;
  readonly commit: string;
  readonly base: string;
  readonly tips: ReadonlyMap<string, string>;
  readonly graph: Graph;
}

/** A feature whose tip lies below another's is what that one builds on. */
async function readBranch(pool: ObjectPool, { name, commit, base, tips, graph }: BranchQuestion) {
  const below = ancestorsOf(graph, commit);
  const dependsOn = [...tips].filter(([other, tip]) => other !== name && tip !== commit && below.has(tip)).map(([other]) => other);
  const nearest = dependsOn.filter(
    (one) => !dependsOn.some((other) => other !== one && ancestorsOf(graph, tips.get(other) ?? "").has(tips.get(one) ?? "")),
  );
  const merged = nearest.length > 1 ? mergeBelow(graph, commit, new Set(nearest.map((one) => tips.get(one) ?? ""))) : undefined;
  const start = merged ?? tips.get(nearest.toSorted()[0] ?? "") ?? startBelow(graph, commit, base);
  if (start === undefined) {
    throw new UnforkError("input-invalid", `feature ${name} does not stand on the base ${base.slice(0, 10)} of its release`, {
      hint: "port it to that release first: unfork patch port",
      context: { ref: `${name}` },
    });
  }
  const raw = parseRawCommit(await pool.read(commit, "commit"));
  const owner = /^Owner: (.+)$/m.exec(messageText(raw))?.[1] ?? shownBytes(raw.author).replace(/ <.*$/, "");
  return { name, owner, commit, tree: raw.tree, startTree: await treeOf(pool, start), dependsOn };
}

/** The commit that joins all it builds on, before anything of its own; undefined where it has such only later. */
function mergeBelow(graph: Graph, commit: string, tips: ReadonlySet<string>): string | undefined {
  const holdsAll = (at: string) => {
    const below = ancestorsOf(graph, at);
    return [...tips].every((tip) => tip === at || below.has(tip));
  };
  let at = commit;
  for (let parent = graph.get(at)?.[0]; parent !== undefined && holdsAll(parent); parent = graph.get(at)?.[0]) at = parent;
  const others = new Set(tips);
  for (const tip of tips) for (const one of ancestorsOf(graph, tip)) others.add(one);
  const own = [at, ...ancestorsOf(graph, at)].filter((one) => graph.has(one) && !others.has(one));
  return own.every((one) => (graph.get(one)?.length ?? 0) > 1) ? at : undefined;
}

export function ancestorsOf(graph: Graph, commit: string): Set<string> {
  const found = new Set<string>();
  const queue = [...(graph.get(commit) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...(graph.get(next) ?? []));
  }
  return found;
}

/** Where the line of first parents leaves the commits above the base: the base itself, for a feature that is in its place. */
export function startBelow(graph: Graph, commit: string, base: string): string | undefined {
  let at: string | undefined = commit;
  while (at !== undefined && graph.has(at)) at = graph.get(at)?.[0];
  return at === base ? base : undefined;
}

async function treeOf(pool: ObjectPool, commit: string): Promise<string> {
  return parseRawCommit(await pool.read(commit, "commit")).tree;
}
