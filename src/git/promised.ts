/** Owns what a partial clone (`git clone --filter`) lacks: its remote promised it, and it is fetched all at once. See partial-clone in git's documentation. */
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { removeTemporary, temporaryBeside } from "../support/temporary-folders.js";
import { type Repository, git, gitOk } from "./git.js";
import type { ExistingRepository } from "./open-existing.js";

/** Settings of a remote that promised objects, for another repository that reads from this one. */
export async function promisorSettings(repository: Repository, name: string): Promise<string> {
  const asked = await git(repository, ["config", "-z", "--get-regexp", "^remote\\..*\\.(url|promisor)$"]);
  const pairs = asked.stdout.toString("utf8").split("\0").filter(Boolean).map(pairOf);
  const promisors = new Set(pairs.filter(([key, value]) => key.endsWith(".promisor") && value !== "false").map(([key]) => nameIn(key)));
  const urls = pairs.filter(([key]) => key.endsWith(".url") && promisors.has(nameIn(key))).map(([, value]) => value);
  return urls.map((url, at) => `[remote "${name}-${at}"]\n\turl = ${JSON.stringify(url)}\n\tpromisor = true\n`).join("");
}

/**
 * Fetches objects from the remotes that promised them, as git does for one at a time when it comes upon them; what cannot be fetched is
 * missed, and told, there. They are stored in the repository, as any command of git would.
 */
export async function fetchPromised({ repository, objects }: ExistingRepository, wanted: readonly string[]): Promise<void> {
  const ids = await lacking(objects, wanted);
  if (ids.length === 0) return;
  const asked = await git(repository, ["config", "-z", "--get-regexp", "^remote\\..*\\.promisor$"]);
  const [first] = asked.stdout.toString("utf8").split("\0").filter(Boolean).map(pairOf);
  if (first === undefined) return;
  const settings = ["-c", "fetch.negotiationAlgorithm=noop", "-c", "fetch.fsckObjects=false"];
  const plain = ["--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none", "--no-auto-maintenance", "--quiet"];
  await git(repository, [...settings, "fetch", nameIn(first[0]), ...plain, "--stdin"], { input: ids.map((id) => `${id}\n`).join("") });
}

/** Seen from a repository that knows of no remote: git would fetch what it is asked about. */
async function lacking(objects: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const path = await temporaryBeside(join(tmpdir(), "unfork-lacking"));
  try {
    for (const name of ["objects", "refs"]) mkdirSync(join(path, name));
    writeFileSync(join(path, "HEAD"), "ref: refs/heads/main\n");
    const input = ids.map((id) => `${id}\n`).join("");
    const told = await gitOk({ path, quarantine: { folder: join(path, "objects"), objects } }, ["cat-file", "--batch-check"], { input });
    return told
      .toString("latin1")
      .split("\n")
      .flatMap((line) => (line.endsWith(" missing") ? [line.slice(0, line.indexOf(" "))] : []));
  } finally {
    await removeTemporary(path);
  }
}

function pairOf(entry: string): [string, string] {
  const end = entry.indexOf("\n");
  return end < 0 ? [entry, "true"] : [entry.slice(0, end), entry.slice(end + 1)];
}

function nameIn(key: string): string {
  return key.slice("remote.".length, key.lastIndexOf("."));
}
