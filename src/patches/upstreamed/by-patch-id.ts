/** Owns the surest sign: an upstream commit that makes the same change, with the same lines around it. */
import { groupBy } from "../../support/group-by.js";
import type { TreeChange } from "../../git/tree-changes.js";
import type { Finder } from "./signal.js";

/** Only commits that touch just the patch's files (of those that the stack knows) are looked at. */
export const byPatchId: Finder = {
  find: ({ patches, upstream }) => {
    const byFiles = groupBy(upstream, ({ touched }) => filesKey(touched));
    byFiles.delete("");
    return patches.flatMap((patch) =>
      (byFiles.get(filesKey(patch.changes)) ?? []).map((commit) => ({ patch, commit, says: "makes the same change (patch id)" })),
    );
  },
  judge: ({ diffs }, { patch, commit, says }) => {
    const id = diffs.get(patch.commit)?.patchId;
    return typeof id === "string" && id === diffs.get(commit.id)?.patchId
      ? { kind: "patch-id", confidence: "strong", commit, says }
      : undefined;
  },
};

function filesKey(changes: readonly TreeChange[]): string {
  const marked = changes.map(({ path, before, after }) => `${before === null ? "+" : after === null ? "-" : " "}${path}`);
  return marked.toSorted().join("\0");
}
