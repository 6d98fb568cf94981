/** Owns the cached bare repository of one upstream: only the commits that were asked for, and of them only the wanted blobs. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { fileError } from "../support/errors.js";
import { exists, makeFolder } from "../support/fs.js";
import { sha256 } from "../support/hash.js";
import { withCacheLock } from "./cache-lock.js";
import { assertReachable, git } from "./git-command.js";
import { isWithin, type Wanted } from "./keep.js";

/** One file of a commit; `mode` as git has it. */
export interface GitEntry {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

/** The cached repository of `url`. */
export function gitStore(cache: string, url: string): string {
  return join(cache, "git", `${sha256(url).slice(0, 24)}.git`);
}

/** Brings the commit that a tag, branch or commit id names, without its history and blobs, and gives its id. */
export async function fetchCommit(cache: string, url: string, ref: string): Promise<string> {
  return locked(cache, url, async (store) => {
    const isId = /^[0-9a-f]{40}$/.test(ref);
    if (isId && (await hasCommit(store, ref))) return ref;
    await assertReachable((await git(store, ["ls-remote", "--get-url", url])).trim());
    await git(store, ["fetch", "--quiet", "--no-tags", "--depth=1", "--filter=blob:none", "--recurse-submodules=no", "origin", ref]);
    const commit = (await git(store, ["rev-parse", "--verify", "FETCH_HEAD^{commit}"])).trim();
    await git(store, ["update-ref", `refs/kept/${commit}`, commit]);
    return commit;
  });
}

/** The wanted files of a commit, in git's order; submodules are none. */
export async function listCommit(store: string, commit: string, wanted: Wanted): Promise<GitEntry[]> {
  const lines = (await git(store, ["ls-tree", "-r", "-z", "--full-tree", commit])).split("\0");
  const entries: GitEntry[] = [];
  for (const line of lines) {
    const match = /^(\d+) blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    const [mode = "", id = "", path = ""] = match?.slice(1) ?? [];
    if (match !== null && (wanted === "all" || wanted.some((folder) => isWithin(path, folder)))) entries.push({ mode, id, path });
  }
  return entries;
}

/** Brings those blobs that are not there yet, all in one request. */
export async function fetchBlobs(cache: string, url: string, commit: string, ids: ReadonlySet<string>): Promise<void> {
  await locked(cache, url, async (store) => {
    const missing = (await missingBlobs(store, commit)).filter((id) => ids.has(id));
    if (missing.length === 0) return;
    const args = [
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-write-fetch-head",
      "--recurse-submodules=no",
      "--filter=blob:none",
      "--stdin",
      "origin",
    ];
    await git(store, ["-c", "fetch.negotiationAlgorithm=noop", ...args], `${missing.join("\n")}\n`);
  });
}

async function missingBlobs(store: string, commit: string): Promise<string[]> {
  const lines = await git(store, ["rev-list", "--objects", "--no-object-names", "--no-walk", "--missing=print", commit]);
  return lines
    .split("\n")
    .filter((line) => line.startsWith("?"))
    .map((line) => line.slice(1));
}

async function hasCommit(store: string, commit: string): Promise<boolean> {
  return git(store, ["rev-parse", "--verify", "--quiet", `refs/kept/${commit}`]).then(
    () => true,
    () => false,
  );
}

/** One run at a time writes to a repository; what a killed one left locked is freed. */
function locked<T>(cache: string, url: string, act: (store: string) => Promise<T>): Promise<T> {
  const store = gitStore(cache, url);
  return withCacheLock(join(cache, "locks", `git-${sha256(url).slice(0, 24)}.lock`), url, async () => {
    await prepare(store, url);
    return act(store);
  });
}

async function prepare(store: string, url: string): Promise<void> {
  if (!(await exists(join(store, "prepared")))) await initialise(store, url);
  const names = await readdir(store).catch(() => []);
  for (const name of names) if (name.endsWith(".lock")) await rm(join(store, name), { force: true });
}

/** The file `prepared` comes last, so that a store whose making was cut short is made anew. */
async function initialise(store: string, url: string): Promise<void> {
  await rm(store, { recursive: true, force: true });
  await makeFolder(store).catch((error: unknown) => Promise.reject(fileError("write", store, error)));
  await git(store, ["init", "--quiet", "--bare"]);
  await git(store, ["config", "remote.origin.url", url]);
  await git(store, ["config", "remote.origin.promisor", "true"]);
  await git(store, ["config", "remote.origin.partialclonefilter", "blob:none"]);
  await mkdir(join(store, "prepared"));
}
