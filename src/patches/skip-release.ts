/** Owns the word in a feature's own file that a release does without it. */
import { isMap, isSeq } from "yaml";

import { editFeatureFile } from "./edit-feature-file.js";

/** Puts it into feature.yaml, in the place of another reason for the same release. */
export async function skipRelease(folder: string, release: string, reason: string): Promise<void> {
  await editFeatureFile(folder, (document) => {
    const entry = document.createNode({ release, reason });
    const list = document.get("skipped");
    if (!isSeq(list)) return document.set("skipped", document.createNode([{ release, reason }]));
    const at = list.items.findIndex((item) => isMap(item) && item.get("release") === release);
    if (at < 0) document.addIn(["skipped"], entry);
    else document.setIn(["skipped", at], entry);
  });
}
