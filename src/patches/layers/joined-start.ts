/** Owns what a feature is ported onto: the new pin, what it builds on, or several of these merged. */
import { treeOf } from "../../git/commit.js";
import { mergeFeatures } from "../candidate/merge-features.js";
import type { OpenLayer } from "./open-layers.js";
import type { Pin } from "./pins.js";

/** A feature that another builds on, on the new release. */
export interface PortedBelow {
  readonly name: string;
  readonly owner: string | null;
  /** Tip on the new release; where upstream has all of it, what it would stand on. */
  readonly commit: string;
}

/** Null where those that it builds on cannot be merged with each other. */
export async function joinedStart(
  { session }: OpenLayer,
  pin: Pin,
  release: string,
  below: readonly PortedBelow[],
): Promise<string | null> {
  const commits = [...new Map(below.map((one) => [one.commit, one])).values()].filter(({ commit }) => commit !== pin.commit);
  const [only] = commits;
  if (only === undefined) return pin.commit;
  if (commits.length === 1) return only.commit;
  const { pool } = session;
  const features = await Promise.all(
    commits.map(async ({ name, owner, commit }) => ({
      name,
      owner: owner ?? "",
      commit,
      tree: await treeOf(pool, commit),
      startTree: pin.tree,
    })),
  );
  const base = { commit: pin.commit, tree: pin.tree };
  const { commit, clashes } = await mergeFeatures({ pool, release, base, features, into: `what others build on on ${release}` });
  return clashes.length === 0 ? commit : null;
}
