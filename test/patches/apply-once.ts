/** Runs the features of a project folder once, in a process of its own that a test can kill: the project's lock is held. */
import { join } from "node:path";

import { applyFeatures } from "../../src/patches/apply-features.js";
import { loadFeatures } from "../../src/patches/load-features.js";
import { takeLock } from "../../src/support/lock.js";

export async function applyOnce(root: string): Promise<void> {
  const release = await takeLock(join(root, "lock"), "test");
  await applyFeatures({
    repository: join(root, "patches.git"),
    releases: {
      from: { id: "M1", tree: { path: join(root, "sources/M1"), digest: "one" } },
      to: { id: "M2", tree: { path: join(root, "sources/M2"), digest: "two" } },
    },
    features: await loadFeatures(join(root, "features")),
    workFolder: join(root, "conflicts"),
    treesFolder: join(root, "trees"),
  });
  await release();
}
