/** Owns what upstream has beyond the base: to know its own commits again when a fork took them over. */
import { type Repository, gitOk } from "../../git/git.js";
import type { UpstreamAhead } from "./features/settle-commits.js";

/** `tips`: commits that upstream's refs stand on. */
export async function upstreamAhead(repository: Repository, base: string, tips: readonly string[]): Promise<UpstreamAhead> {
  const input = `${[...new Set(tips)].join("\n")}\n^${base}\n`;
  const output = await gitOk(repository, ["rev-list", "--no-commit-header", "--format=%H %s", "--stdin"], { input });
  const lines = output
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "");
  const ids = lines.map((line) => line.slice(0, 40)).toSorted();
  return { subjects: new Set(lines.map((line) => line.slice(41))), has: (commit) => hasStart(ids, commit) };
}

/** Whether one of the sorted ids begins so. */
function hasStart(ids: readonly string[], start: string): boolean {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? "") < start) low = middle + 1;
    else high = middle;
  }
  return ids[low]?.startsWith(start) === true;
}
