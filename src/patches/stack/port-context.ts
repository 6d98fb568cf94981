/** Owns what every step of a port works with. */
import { type Merger, openMerger } from "../../git/merge-batch.js";
import { type MergeAttributes, openMergeAttributes } from "../../git/merge-attributes.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { type TreeReader, treeReader } from "../../git/tree-draft.js";

export interface PortContext {
  readonly pool: ObjectPool;
  readonly merger: Merger;
  readonly readTree: TreeReader;
  readonly attributes: MergeAttributes;
}

/** Its merger has to be closed. */
export function openContext(pool: ObjectPool): PortContext {
  const merger = openMerger(pool.repository);
  return { pool, merger, readTree: treeReader(pool), attributes: openMergeAttributes(pool) };
}
