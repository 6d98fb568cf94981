/** Owns the question which of the features merged before is in the way of one: each is tried alone with it. */
import type { ByteString } from "../../git/bytes.js";
import { changesBetween } from "../../git/tree-changes.js";
import type { PortContext } from "../stack/port-context.js";
import { mergeable } from "../stack/scratch.js";
import type { FeatureBranch } from "./merge-features.js";

export interface ClashQuestion {
  readonly base: string;
  readonly feature: FeatureBranch;
  readonly before: readonly FeatureBranch[];
  /** Paths in conflict. */
  readonly paths: readonly ByteString[];
}

/** Those that alone are in conflict with it; where it takes several together, all that touch a file in conflict. */
export async function clashesWith(
  { pool, merger, readTree }: PortContext,
  { base, feature, before, paths }: ClashQuestion,
): Promise<FeatureBranch[]> {
  const wanted = new Set(paths);
  const touching: FeatureBranch[] = [];
  for (const other of before) {
    const changes = await changesBetween(readTree, base, other.tree);
    if (changes.some(({ path }) => wanted.has(path))) touching.push(other);
  }
  const suspects = touching.length === 0 ? before : touching;
  const pairs = suspects.map((other) => mergeable(pool, { base, ours: other.tree, theirs: feature.tree }));
  pool.show();
  const results = await merger.merge(pairs);
  const alone = suspects.filter((_, at) => results[at]?.clean === false);
  return alone.length === 0 ? touching : alone;
}
