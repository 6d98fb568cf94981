/** Owns the releases of a repository in their order: that of their bases' days, else by the numbers in their names. */
import type { ObjectPool } from "../../git/object-pool.js";
import { parseRawCommit } from "../../git/raw-commit.js";

/** Releases and the commits of their bases, oldest first. */
export async function orderedReleases(pool: ObjectPool, bases: ReadonlyMap<string, string>): Promise<string[]> {
  const dated = await Promise.all(
    [...bases].map(async ([release, commit]) => ({ release, seconds: secondsOf(await pool.read(commit, "commit")) })),
  );
  return dated.toSorted((a, b) => a.seconds - b.seconds || byNumbers(a.release, b.release)).map(({ release }) => release);
}

function secondsOf(commit: Buffer): number {
  return Number(/> (-?\d+) [+-]\d{4}$/.exec(parseRawCommit(commit).committer)?.[1] ?? 0);
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

/** `M9` before `M120`. */
export function byNumbers(a: string, b: string): number {
  return COLLATOR.compare(a, b);
}
