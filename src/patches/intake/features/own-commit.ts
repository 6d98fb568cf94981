/** Owns a commit of the fork's own: who wrote it, what its message says, which files it changes. */
import type { ByteString } from "../../../git/bytes.js";
import { type Repository, gitOk } from "../../../git/git.js";
import type { ObjectStore } from "../../../git/objects.js";
import { messageText, parseRawCommit, subjectOf } from "../../../git/raw-commit.js";

export interface OwnFile {
  readonly path: ByteString;
  readonly added: number;
  readonly removed: number;
}

export interface OwnCommit {
  readonly id: string;
  readonly subject: string;
  readonly message: string;
  /** `Name <mail>`. */
  readonly author: string;
  readonly parents: readonly string[];
  /** Against its first parent; none of a merge. */
  readonly files: readonly OwnFile[];
}

/** In the order of the ids. */
export async function readOwnCommits(objects: ObjectStore, ids: readonly string[]): Promise<OwnCommit[]> {
  const plain = await Promise.all(ids.map((id) => readCommit(objects, id)));
  const files = await filesOf(
    objects.repository,
    plain.filter(({ parents }) => parents.length < 2).map(({ id }) => id),
  );
  return plain.map((commit) => withFiles(commit, files.get(commit.id) ?? []));
}

function withFiles(commit: Omit<OwnCommit, "files">, files: readonly OwnFile[]): OwnCommit {
  return { ...commit, files };
}

async function readCommit(objects: ObjectStore, id: string): Promise<Omit<OwnCommit, "files">> {
  const raw = parseRawCommit(await objects.read(id, "commit"));
  const message = messageText(raw);
  const author = Buffer.from(raw.author.replace(/ -?\d+ [+-]\d{4}$/, ""), "latin1").toString("utf8");
  return { id, message, subject: subjectOf(message), author, parents: raw.parents };
}

/** `git diff-tree --numstat -z`: the commit's id, then `added TAB removed TAB path` each; binary files have `-`. */
async function filesOf(repository: Repository, ids: readonly string[]): Promise<Map<string, OwnFile[]>> {
  const files = new Map<string, OwnFile[]>();
  if (ids.length === 0) return files;
  const args = ["diff-tree", "--stdin", "--root", "-r", "-z", "--numstat", "--no-renames", "--always"];
  const output = (await gitOk(repository, args, { input: `${ids.join("\n")}\n` })).toString("latin1");
  let current: OwnFile[] = [];
  for (const field of output.split("\0")) {
    const row = /^(\d+|-)\t(\d+|-)\t(.+)$/s.exec(field);
    if (row !== null) current.push({ path: row[3] ?? "", added: Number(row[1]) || 0, removed: Number(row[2]) || 0 });
    else if (/^[0-9a-f]{40}$/.test(field)) files.set(field, (current = []));
  }
  return files;
}
