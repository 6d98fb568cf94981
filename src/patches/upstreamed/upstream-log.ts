/** Owns upstream's commits between the old base and the new one, read by one `git log` that looks only at the stack's own files. */
import type { ByteString } from "../../git/bytes.js";
import { gitOk } from "../../git/git.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { ObjectStore } from "../../git/objects.js";
import { dayOf, messageText, parseRawCommit, subjectOf } from "../../git/raw-commit.js";
import { type TreeChange, changesBetween } from "../../git/tree-changes.js";
import type { TreeEntry } from "../../git/tree.js";
import { treeReader } from "../../git/tree-draft.js";
import { straightLine } from "../../git/straight-line.js";

/** One commit of upstream. */
export interface UpstreamCommit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly tree: string;
  /** Day of the commit, `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly subject: string;
  readonly message: string;
  /** What it changes in the files that were asked for; of a merge, what it changes on its first parent. */
  readonly touched: readonly TreeChange[];
}

export interface UpstreamRange {
  /** Commits of which nothing counts, with all before them. */
  readonly without: readonly string[];
  readonly to: string;
}

/** So many paths are looked for by git; beyond, it lists all and they are picked out here. */
const MOST_PATHS = 300;

/**
 * The commits of a range, oldest first, each behind its parents. `paths`: the files whose changes are wanted. Of a commit at which a
 * shallow clone's history is cut off, what it changes is not known: it is left out.
 */
export async function readUpstream(
  objects: ObjectPool,
  range: UpstreamRange,
  paths: ReadonlySet<ByteString>,
): Promise<readonly UpstreamCommit[]> {
  const asked = [...paths].filter((path) => !path.includes("\n"));
  if (asked.length === 0) return [];
  const few = await fewCommits(objects, range, asked);
  if (few !== undefined) return few;
  const pathspec = asked.length > MOST_PATHS ? [] : ["--", ...asked];
  const input = Buffer.from([range.to, ...range.without.map((id) => `^${id}`), ...pathspec, ""].join("\n"), "latin1");
  const output = await gitOk(objects.repository, LOG, { input });
  const listed = parseLog(output.toString("latin1"), paths).filter(({ id }) => !objects.cut.has(id));
  return await Promise.all(listed.map((commit) => withMessage(objects, commit)));
}

/** Snapshots, one on the other, are read as they stand: git need not be started for them. */
async function fewCommits(
  objects: ObjectStore,
  { without, to }: UpstreamRange,
  paths: readonly ByteString[],
): Promise<UpstreamCommit[] | undefined> {
  const [base, ...others] = without;
  if (base === undefined || others.length > 0) return undefined;
  const line = await straightLine(objects, { base, tip: to }, MOST_STRAIGHT);
  if (line === undefined) return undefined;
  const readTree = treeReader(objects);
  const treeOf = async (commit: string) => parseRawCommit(await objects.read(commit, "commit")).tree;
  return await Promise.all(
    line.map(async (id, at) => {
      const [parent, tree] = await Promise.all([line[at - 1] ?? base, id].map(treeOf));
      return await withMessage(objects, { id, touched: await changesBetween(readTree, parent ?? null, tree ?? "", paths) });
    }),
  );
}

const MOST_STRAIGHT = 8;

/** `--full-history --sparse`: every commit, also those that leave the files alone (their messages count, too). */
const LOG: readonly string[] = [
  "--literal-pathspecs",
  "log",
  "--stdin",
  "--topo-order",
  "--reverse",
  "--full-history",
  "--sparse",
  "--diff-merges=first-parent",
  "--raw",
  "-r",
  "-z",
  "--no-abbrev",
  "--no-renames",
  "--no-show-signature",
  "--format=%H",
];

type Listed = Pick<UpstreamCommit, "id"> & { readonly touched: TreeChange[] };

/** Fields: a commit's id, then for each file `:<mode> <mode> <id> <id> <letter>` and its path. */
function parseLog(text: string, paths: ReadonlySet<ByteString>): Listed[] {
  const commits: Listed[] = [];
  const fields = text.split("\0");
  for (let at = 0; at < fields.length; at++) {
    const field = (fields[at] ?? "").trimStart();
    if (field === "") continue;
    if (!field.startsWith(":")) {
      commits.push({ id: field, touched: [] });
      continue;
    }
    const [oldMode = "", newMode = "", oldId = "", newId = ""] = field.slice(1).split(" ");
    const path = fields[++at] ?? "";
    if (paths.has(path)) commits.at(-1)?.touched.push({ path, before: side(oldMode, oldId), after: side(newMode, newId) });
  }
  return commits;
}

function side(mode: string, id: string): TreeEntry | null {
  return /^0+$/.test(mode) ? null : { mode, id };
}

async function withMessage(objects: ObjectStore, { id, touched }: Listed): Promise<UpstreamCommit> {
  const raw = parseRawCommit(await objects.read(id, "commit"));
  const message = messageText(raw);
  return { id, parents: raw.parents, tree: raw.tree, day: dayOf(raw.committer), subject: subjectOf(message), message, touched };
}

/** `1a2b3c4d5e (2025-06-02) subject`. */
export function named({ id, day, subject }: UpstreamCommit): string {
  return `${id.slice(0, 10)} (${day}) ${subject}`;
}
