/** Owns upstream's commits between two releases: brought without their files, in the order in which one release became the other. */
import { mkdir, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import type { GitSource, Release } from "../model/source.js";
import { UnforkError, fileError } from "../support/errors.js";
import { exists } from "../support/fs.js";
import { sha256 } from "../support/hash.js";
import { withCacheLock } from "./cache-lock.js";
import { assertReachable, git } from "./git-command.js";

export interface HistoryCommit {
  readonly id: string;
  readonly subject: string;
  readonly author: string;
  /** Author's date, ISO 8601. */
  readonly date: string;
  readonly parents: readonly string[];
}

/** A place of the way: the commit that the tree is taken of, and the commit whose change lies between the place before and this one. */
export interface HistoryStep {
  readonly tree: string;
  readonly change: HistoryCommit;
  /** The change is taken back here: it stands only on the older release's branch. */
  readonly undone: boolean;
}

export interface History {
  /** Holds the commits. */
  readonly repository: string;
  readonly from: string;
  readonly to: string;
  /** The last one's tree is `to`'s. */
  readonly steps: readonly HistoryStep[];
}

/** Where a history is looked for. */
export interface HistoryPlace {
  readonly cache: string;
  /** Relative paths begin here. */
  readonly baseFolder: string;
}

/** The git source that both releases share, with the refs of each; undefined where they come from elsewhere. */
export function sharedHistory(
  legacy: Release,
  latest: Release,
): { readonly url: string; readonly from: string; readonly to: string } | undefined {
  for (const from of gitSources(legacy)) {
    const to = gitSources(latest).find(({ url }) => url === from.url);
    if (to !== undefined) return { url: from.url, from: from.ref, to: to.ref };
  }
  return undefined;
}

function gitSources({ sources }: Release): GitSource[] {
  return sources.filter((source) => source.kind === "git");
}

/**
 * From `from` back to where both branches part, then forward to `to`, along first parents. Throws `network`, `input-invalid` for a ref
 * that is not there or histories that have nothing in common.
 */
export async function historyBetween(
  url: string,
  refs: { readonly from: string; readonly to: string },
  place: HistoryPlace,
): Promise<History> {
  const address = effectiveUrl(url, place.baseFolder);
  const key = sha256(address).slice(0, 24);
  return await withCacheLock(join(place.cache, "locks", `history-${key}.lock`), address, async () => {
    const store = join(place.cache, "git", `${key}-history.git`);
    await prepare(store, address);
    const [from, to] = [await bring(store, address, refs.from), await bring(store, address, refs.to)];
    return await readHistory(store, from, to);
  });
}

/** The way between two commits of a repository on this machine. */
export async function readHistory(repository: string, from: string, to: string): Promise<History> {
  const base = (await git(repository, ["merge-base", from, to]).catch(() => "")).trim();
  if (base === "")
    throw new UnforkError("input-invalid", `${from.slice(0, 12)} and ${to.slice(0, 12)} have no history in common`, {
      hint: "name two commits of one history",
    });
  const back = (await commitsIn(repository, base, from)).toReversed();
  const forth = await commitsIn(repository, base, to);
  return {
    repository,
    from,
    to,
    steps: [
      ...back.map((change) => ({ change, undone: true, tree: change.parents[0] ?? base })),
      ...forth.map((change) => ({ change, undone: false, tree: change.id })),
    ],
  };
}

/** What a merge brought in: from where its branch began to the branch's end. Undefined for a commit that is no merge. */
export async function mergedHistory(repository: string, { parents }: HistoryCommit): Promise<History | undefined> {
  const [main, side] = parents;
  if (main === undefined || side === undefined) return undefined;
  const base = (await git(repository, ["merge-base", main, side]).catch(() => "")).trim();
  return base === "" || base === side ? undefined : await readHistory(repository, base, side);
}

/** Along first parents, oldest first, without `after` itself. */
export async function commitsIn(repository: string, after: string, upTo: string): Promise<HistoryCommit[]> {
  const format = "%H%x00%P%x00%an <%ae>%x00%aI%x00%s";
  const range = ["log", "--first-parent", "--reverse", "--no-show-signature", `--format=${format}`, `${after}..${upTo}`];
  const lines = (await git(repository, range)).split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [id = "", parents = "", author = "", date = "", subject = ""] = line.split("\0");
    return { id, parents: parents.split(" ").filter((parent) => parent !== ""), author, date, subject };
  });
}

/** A path of this machine, taken relative to the configuration's folder, as an address that git streams from. */
export function effectiveUrl(url: string, baseFolder: string): string {
  if (url.includes("://")) return url;
  const path = resolve(baseFolder, url);
  return existsSync(path) ? `file://${path}` : url;
}

async function bring(store: string, url: string, ref: string): Promise<string> {
  if (/^[0-9a-f]{40}$/.test(ref) && (await isThere(store, ref))) return ref;
  await assertReachable(url);
  await git(store, ["fetch", "--quiet", "--no-tags", "--filter=tree:0", "--recurse-submodules=no", "origin", ref]);
  const commit = (await git(store, ["rev-parse", "--verify", "FETCH_HEAD^{commit}"])).trim();
  await git(store, ["update-ref", `refs/kept/${commit}`, commit]);
  return commit;
}

async function isThere(store: string, commit: string): Promise<boolean> {
  return await git(store, ["rev-parse", "--verify", "--quiet", `refs/kept/${commit}`]).then(
    () => true,
    () => false,
  );
}

async function prepare(store: string, url: string): Promise<void> {
  if (await exists(join(store, "prepared"))) return;
  await rm(store, { recursive: true, force: true });
  await mkdir(store, { recursive: true }).catch((error: unknown) => Promise.reject(fileError("write", store, error)));
  await git(store, ["init", "--quiet", "--bare"]);
  await git(store, ["config", "remote.origin.url", url]);
  await git(store, ["config", "remote.origin.promisor", "true"]);
  await git(store, ["config", "remote.origin.partialclonefilter", "tree:0"]);
  await mkdir(join(store, "prepared"));
}
