/** Owns the choice of the base: by the history that both share, or by the nearest tree. */
import { type ForkFile, type ForkFiles } from "../fork-file.js";
import { listTree } from "../read-commit.js";
import type { Sides } from "../opened.js";
import type { ByteString } from "../../../git/bytes.js";
import { parseRawCommit } from "../../../git/raw-commit.js";
import { type FoundBase, findBase } from "./find-base.js";
import { type Placed, placeFiles } from "./place-files.js";
import { sampleTrees } from "./sample-trees.js";
import { sharedHistory } from "./shared-history.js";
import { scoreTrees } from "./tree-scores.js";
import { type UpstreamCommit, type UpstreamRef, listCommits } from "./upstream-commits.js";

export interface SettledBase {
  readonly commit: string;
  readonly files: readonly ForkFile[];
  /** Folders in which the base has other repositories, each ending in `/`. */
  readonly submodules: readonly ByteString[];
  readonly placed: Placed;
  /** How it was found; null by history. */
  readonly found: FoundBase | null;
  /** Other upstream commits that the fork's history holds, none an ancestor of another. */
  readonly merged: readonly string[];
  /** The fork's own commits, parents first. */
  readonly ownCommits: readonly string[];
}

/** Undefined when neither history nor content is common. */
export async function settleBase(
  sides: Sides,
  refs: readonly UpstreamRef[],
  commits: readonly UpstreamCommit[],
): Promise<SettledBase | undefined> {
  const { joined, fork, tip } = sides;
  const tips = refs.map(({ commit }) => commit);
  const shared = tip === null ? undefined : await sharedHistory(joined.repository, tip, tips);
  if (shared !== undefined) {
    const { base, others, commits: ownCommits } = shared;
    return { commit: base, ...(await placedOn(sides, base)), found: null, merged: others, ownCommits };
  }
  const question = { ...sides, objects: joined.objects, fork, commits, tagged: taggedOf(refs), mainline: mainlineOf(refs, commits) };
  const found = await findBase(question);
  if (found === undefined) return undefined;
  const { files, placed, submodules } = await placedOn(sides, found.commit);
  const ownCommits = tip === null ? [] : await commitsSinceImport(sides, tip, files);
  return { commit: found.commit, files, submodules, placed, found, merged: [], ownCommits };
}

async function placedOn({ joined, readTree, fork }: Sides, base: string): Promise<Pick<SettledBase, "files" | "submodules" | "placed">> {
  const submodules: ByteString[] = [];
  const { tree } = parseRawCommit(await joined.objects.read(base, "commit"));
  const files = await listTree(readTree, tree, (path) => submodules.push(`${path}/`));
  const placed = await placeFiles(fork, await sampleTrees(joined.objects, readTree, [base]));
  return { files, submodules, placed: placed ?? atTheirPlaces(fork) };
}

function atTheirPlaces({ files }: ForkFiles): Placed {
  return {
    rules: [{ fork: "", upstream: "" }],
    files: new Map(files.map((file) => [file.path, file])),
    beside: [],
    wanted: new Map(files.map((file) => [file.path, new Set([file.id])])),
  };
}

function taggedOf(refs: readonly UpstreamRef[]): Set<string> {
  return new Set(refs.filter(({ name }) => name.startsWith("refs/tags/")).map(({ commit }) => commit));
}

/** First parents of the branches, or of all that was named. */
function mainlineOf(refs: readonly UpstreamRef[], commits: readonly UpstreamCommit[]): Set<string> {
  const parents = new Map(commits.map(({ id, parents: [first] }) => [id, first]));
  const line = new Set<string>();
  for (const { name, commit } of refs) {
    if (name.startsWith("refs/tags/")) continue;
    for (let at: string | undefined = commit; at !== undefined && !line.has(at); at = parents.get(at)) line.add(at);
  }
  return line;
}

/**
 * The commits of a history that does not share upstream's, after the one whose tree is the nearest to the base: that one brought
 * upstream's files in.
 */
async function commitsSinceImport({ joined, fork }: Sides, tip: string, base: readonly ForkFile[]): Promise<string[]> {
  const history = await listCommits(joined.repository, [{ name: "tip", commit: tip }]);
  const ids = new Map(base.map(({ path, id }) => [path, id]));
  const placed = await placeFiles(fork, { placesOf: placesIn(base), hasPath: (path) => ids.has(path) });
  const wanted = [...(placed?.files ?? [])].map(([path, file]) => [file.path, new Set([ids.get(path) ?? ""])] as const);
  const scores = await scoreTrees(joined.repository, history, new Map(wanted));
  const most = Math.max(...scores.map(({ identical }) => identical));
  const at = scores.findIndex(({ identical }) => identical === most);
  const ancestors = ancestorsOf(history, at);
  return history.map(({ id }) => id).filter((id) => !ancestors.has(id));
}

function placesIn(base: readonly ForkFile[]): (id: string) => string[] {
  const places = new Map<string, string[]>();
  for (const { path, id } of base) places.set(id, [...(places.get(id) ?? []), path]);
  return (id) => places.get(id) ?? [];
}

/** The commit at a place and all before it. */
function ancestorsOf(history: readonly UpstreamCommit[], at: number): Set<string> {
  const parents = new Map(history.map(({ id, parents: some }) => [id, some]));
  const found = new Set<string>();
  const open = [history[at]?.id ?? ""];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(parents.get(id) ?? []));
  }
  return found;
}
