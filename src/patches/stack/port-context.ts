/** Owns what every step of a port works with. */
import type { Merger } from "../../git/merge-batch.js";
import type { ObjectPool } from "../../git/object-pool.js";
import type { TreeReader } from "../../git/tree-draft.js";

export interface PortContext {
  readonly pool: ObjectPool;
  readonly merger: Merger;
  readonly readTree: TreeReader;
}
