/** Owns ranges of history without merges: read commit by commit, where git would have to be started to list them. */
import type { ObjectStore } from "./objects.js";
import { parseRawCommit } from "./raw-commit.js";
import { hasWholeHistory } from "./store/plain-repository.js";

/**
 * The commits of `base..tip`, oldest first; undefined where the tip does not lead back to the base by single parents within
 * `most` steps. Both are commits' ids.
 */
export async function straightLine(
  objects: ObjectStore,
  { base, tip }: { readonly base: string; readonly tip: string },
  most: number,
): Promise<string[] | undefined> {
  if (!hasWholeHistory(objects.repository.path)) return undefined;
  const line: string[] = [];
  for (let at = tip; at !== base;) {
    const { parents } = parseRawCommit(await objects.read(at, "commit"));
    const [parent] = parents;
    if (parent === undefined || parents.length > 1 || line.length === most) return undefined;
    line.push(at);
    at = parent;
  }
  return line.toReversed();
}
