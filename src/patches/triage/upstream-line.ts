/** Owns upstream's first-parent line between two bases: its commits in order, and what each did to given files. */
import type { ByteString } from "../../git/bytes.js";
import { type Repository, git, gitOk } from "../../git/git.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { TreeEntry } from "../../git/tree.js";

export interface UpstreamLine {
  /** Oldest first. */
  readonly commits: readonly string[];
  readonly orderOf: ReadonlyMap<string, number>;
  /** It begins in the stack, where a fork puts each new release on top of its own commits: before it upstream is as at the old base. */
  readonly onStack: boolean;
  /** A shallow clone's history is cut off on it: earlier commits are not here. */
  readonly cut: boolean;
}

/** What one commit of the line made of a file, against its first parent. */
export interface FileStep {
  readonly commit: string;
  readonly before: TreeEntry | null;
  readonly after: TreeEntry | null;
}

export interface LineRange {
  readonly newBase: string;
  /** Commits whose history is not upstream's news: first the old base, then the tip of the stack. */
  readonly known: readonly string[];
}

/** No commits where the histories have nothing in common: vendored trees, snapshots. */
export async function readLine({ repository, cut }: Pick<ObjectPool, "repository" | "cut">, range: LineRange): Promise<UpstreamLine> {
  const shared = await git(repository, ["merge-base", range.newBase, ...range.known]);
  if (shared.code !== 0) return { commits: [], orderOf: new Map(), onStack: false, cut: cut.size > 0 };
  const output = await gitOk(repository, ["rev-list", "--first-parent", "--reverse", ...limits(range), "--"]);
  const listed = output.toString("latin1").split("\n").slice(0, -1);
  const commits = listed.filter((commit) => !cut.has(commit));
  const [first] = commits;
  const [oldBase = ""] = range.known;
  const start = first === undefined ? undefined : await git(repository, ["merge-base", "--is-ancestor", `${first}^1`, oldBase]);
  return {
    commits,
    orderOf: new Map(commits.map((commit, at) => [commit, at])),
    onStack: start?.code === 1,
    cut: commits.length < listed.length,
  };
}

/** Per path its steps, oldest first; paths that no commit touched have none. */
export async function stepsOf(
  repository: Repository,
  range: LineRange,
  paths: readonly ByteString[],
): Promise<Map<ByteString, FileStep[]>> {
  const steps = new Map<ByteString, FileStep[]>(paths.map((path) => [path, []]));
  if (paths.length === 0) return steps;
  const args = ["--literal-pathspecs", "log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--format=%x01%H", "-z"];
  const raw = ["--raw", "--no-abbrev", "--no-renames", "--stdin"];
  const input = Buffer.from([...limits(range), "--", ...paths].join("\n") + "\n", "latin1");
  const fields = (await gitOk(repository, [...args, ...raw], { input })).toString("latin1").split("\0");
  let commit = "";
  for (let at = 0; at < fields.length; at++) {
    const field = (fields[at] ?? "").replace(/^\n/, "");
    if (field.startsWith("\x01")) commit = field.slice(1, 41);
    if (!field.startsWith(":")) continue;
    const [oldMode = "", newMode = "", oldId = "", newId = ""] = field.slice(1).split(" ");
    steps.get(fields[++at] ?? "")?.push({ commit, before: sideOf(oldMode, oldId), after: sideOf(newMode, newId) });
  }
  return steps;
}

function limits({ newBase, known }: LineRange): string[] {
  return [newBase, ...known.map((commit) => `^${commit}`)];
}

function sideOf(mode: string, id: string): TreeEntry | null {
  return /^0+$/.test(mode) ? null : { mode, id };
}

/** Files that one commit of the line moved, old path to new path, as git finds them. */
export async function movesIn(repository: Repository, commit: string): Promise<Map<ByteString, ByteString>> {
  const args = ["diff-tree", "-r", "-z", "--raw", "--no-commit-id", "--find-renames", "--diff-filter=R", `${commit}^1`, commit];
  const fields = (await gitOk(repository, args)).toString("latin1").split("\0");
  const moves = new Map<ByteString, ByteString>();
  for (let at = 0; at + 2 < fields.length; at += 3) moves.set(fields[at + 1] ?? "", fields[at + 2] ?? "");
  return moves;
}

/** The commit that a merge brought in for a file, where it is one alone. */
export async function onlyMergedCommit(repository: Repository, merge: string, path: ByteString): Promise<string | null> {
  const input = Buffer.from(`${merge}^@\n^${merge}^1\n--\n${path}\n`, "latin1");
  const output = await gitOk(repository, ["--literal-pathspecs", "rev-list", "--no-merges", "--max-count=2", "--stdin"], { input });
  const commits = output.toString("latin1").split("\n").slice(0, -1);
  return commits.length === 1 ? (commits[0] ?? null) : null;
}
