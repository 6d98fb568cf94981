/** Owns patch ids: what a patch changes, whatever lies around it and however its lines are numbered. */
import type { ByteString } from "./bytes.js";
import type { Repository } from "./git.js";
import { patchId } from "./patch-id.js";
import { patchTexts } from "./patch-texts.js";

/** `git patch-id --stable` of each commit; those that change nothing have none. */
export async function patchIds(repository: Repository, commits: readonly string[]): Promise<Map<string, string>> {
  return patchIdsOf(await patchTexts(repository, commits));
}

/** The same from texts that are known already, by commit. */
export function patchIdsOf(texts: ReadonlyMap<string, ByteString>): Map<string, string> {
  const ids = [...texts].map(([commit, text]) => [commit, patchId(text)] as const);
  return new Map(ids.flatMap(([commit, id]) => (id === null ? [] : [[commit, id] as const])));
}
