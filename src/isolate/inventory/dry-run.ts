/** Owns the question what an isolation would rename and what it would leave undecided: it is run, into a folder that is removed again. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { IsolationScan } from "../../model/isolation-scan.js";
import type { IsolationPlan, IsolationResult } from "../../model/isolation.js";
import { discoverGlobalNames } from "../discover.js";
import { isolateTree } from "../isolate-tree.js";

/** A flavor that no tree uses already. */
const FLAVOR = "unfork_scan";

/** Throws what an isolation throws. */
export async function dryRun(
  tree: string,
  paths: readonly string[],
  plan: IsolationPlan,
): Promise<Pick<IsolationScan, "renames" | "undecided">> {
  const folder = await mkdtemp(join(tmpdir(), "unfork-scan-"));
  try {
    const result = await isolateTree({ flavor: FLAVOR, release: "scan", source: tree, target: join(folder, "tree"), plan });
    return { renames: await renamesOf(tree, paths, result), undecided: result.undecided };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function renamesOf(tree: string, paths: readonly string[], result: IsolationResult): Promise<IsolationScan["renames"]> {
  const known = new Map((await discoverGlobalNames(tree, paths)).map((found) => [found.name, found]));
  const names = result.names.map(({ from, edits }) => {
    const found = known.get(from);
    return { name: from, edits, kind: found?.kind ?? "by policy", file: found?.file ?? null, line: found?.line ?? null };
  });
  return { edits: result.edits, files: result.changedFiles, names };
}
