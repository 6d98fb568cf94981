/** Owns the files that a port in a partial clone is going to read: asked for all at once, where git would fetch each by itself. */
import { fetchPromised } from "../../git/promised.js";
import type { ExistingRepository } from "../../git/open-existing.js";
import { type TreeReader, openDraft } from "../../git/tree-draft.js";
import type { StackPatch } from "./stack-patch.js";

const NO_FILE = "160000";

/** Contents of the stack's files, in the stack and on the new base. */
export async function fetchAhead(
  clone: ExistingRepository,
  readTree: TreeReader,
  stack: readonly StackPatch[],
  onto: string,
): Promise<void> {
  const head = openDraft({ readTree, add: neverAdded }, onto);
  const wanted = new Set<string>();
  for (const { changes } of stack) {
    const heads = await Promise.all(changes.map(({ path }) => head.entry(path)));
    for (const [at, { before, after }] of changes.entries()) {
      for (const side of [before, after, heads[at]]) if (side?.mode.startsWith("1") === true && side.mode !== NO_FILE) wanted.add(side.id);
    }
  }
  await fetchPromised(clone, [...wanted].toSorted());
}

function neverAdded(): never {
  throw new Error("a tree that is only read was written");
}
