/** Owns commits: written with a fixed author and date, so that equal inputs give equal hashes; trailers read back. */
import type { ObjectStore } from "./objects.js";

/** 2000-01-01T00:00:00Z: a commit says what it holds, not when it was computed. */
export const SIGNATURE = "unfork <unfork@localhost> 946684800 +0000";

export interface CommitText {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly trailers: Readonly<Record<string, string>>;
}

export interface Commit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly trailers: ReadonlyMap<string, string>;
}

export function writeCommit(objects: ObjectStore, commit: CommitText): Promise<string> {
  const head = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${SIGNATURE}`,
    `committer ${SIGNATURE}`,
  ];
  const trailers = Object.entries(commit.trailers).map(([name, value]) => `${name}: ${oneLine(value)}`);
  const message = [oneLine(commit.subject), ...(trailers.length === 0 ? [] : ["", ...trailers]), ""];
  return objects.write("commit", Buffer.from([...head, "", ...message].join("\n")));
}

/** Throws `state-invalid` when there is no such commit. */
export async function readCommit(objects: ObjectStore, id: string): Promise<Commit> {
  const text = (await objects.read(id, "commit")).toString("utf8");
  const end = text.indexOf("\n\n");
  const head = text.slice(0, end).split("\n");
  return {
    tree: valuesOf(head, "tree")[0] ?? "",
    parents: valuesOf(head, "parent"),
    trailers: trailersOf(text.slice(end + 2)),
  };
}

export async function treeOf(objects: ObjectStore, commit: string): Promise<string> {
  return (await readCommit(objects, commit)).tree;
}

function valuesOf(head: readonly string[], key: string): string[] {
  return head.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
}

function trailersOf(message: string): Map<string, string> {
  const last = message.trimEnd().split("\n\n").at(-1) ?? "";
  const pairs = last.split("\n").map((line) => /^([A-Za-z][A-Za-z-]*): (.*)$/.exec(line));
  return new Map(pairs.flatMap((match) => (match?.[1] === undefined ? [] : [[match[1], match[2] ?? ""] as const])));
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
