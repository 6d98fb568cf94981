/** Owns the base of a fork whose history holds commits of upstream: the newest of them, and the fork's own commits on top. */
import { type Repository, gitOk } from "../../../git/git.js";

export interface SharedHistory {
  /** The newest upstream commit that is an ancestor of the tip. */
  readonly base: string;
  /** Other upstream commits that the fork came from or merged, none an ancestor of another. */
  readonly others: readonly string[];
  /** The fork's own commits, parents first, merges among them. */
  readonly commits: readonly string[];
}

/** Undefined when the tip's history has no commit of upstream's. `upstream`: commits that upstream's refs stand on. */
export async function sharedHistory(repository: Repository, tip: string, upstream: readonly string[]): Promise<SharedHistory | undefined> {
  const args = ["rev-list", "--topo-order", "--reverse", "--boundary", "--stdin"];
  const input = `${tip}\n${[...new Set(upstream)].map((id) => `^${id}\n`).join("")}`;
  const lines = (await gitOk(repository, args, { input })).toString("latin1").split("\n");
  const commits = lines.filter((line) => /^[0-9a-f]/.test(line));
  if (commits.length === 0) return { base: tip, others: [], commits };
  const boundary = lines.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
  const reached = await parentsAmong(repository, commits, new Set(boundary));
  if (reached.length === 0) return undefined;
  const [base = "", ...others] = await newestFirst(repository, reached);
  return { base, others, commits };
}

/** Boundaries that are parents of the fork's own commits; git lists others, too. */
async function parentsAmong(repository: Repository, commits: readonly string[], boundary: ReadonlySet<string>): Promise<string[]> {
  const output = await gitOk(repository, ["rev-list", "--no-walk=unsorted", "--parents", "--stdin"], { input: `${commits.join("\n")}\n` });
  const parents = output
    .toString("latin1")
    .split("\n")
    .flatMap((line) => line.split(" ").slice(1));
  return [...new Set(parents.filter((parent) => boundary.has(parent)))];
}

/** The commits that are no ancestors of others, newest first. */
async function newestFirst(repository: Repository, commits: readonly string[]): Promise<string[]> {
  const heads = commits.length === 1 ? commits : wordsOf(await gitOk(repository, ["merge-base", "--independent", ...commits]));
  return wordsOf(await gitOk(repository, ["rev-list", "--no-walk=sorted", "--date-order", "--stdin"], { input: `${heads.join("\n")}\n` }));
}

function wordsOf(output: Buffer): string[] {
  return output
    .toString("latin1")
    .split("\n")
    .filter((line) => line !== "");
}
