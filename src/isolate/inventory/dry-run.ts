/** Owns the question what an isolation would rename and what it would leave undecided: it is run without writing. */
import { join } from "node:path";

import type { IsolationScan, ScanConstruct } from "../../model/isolation-scan.js";
import type { IsolationPlan, IsolationResult } from "../../model/isolation.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import { isolateTree } from "../isolate-tree.js";

/** A flavor that no tree uses already. */
export const SCAN_FLAVOR = "unfork_scan";

export type Foreseen = Pick<IsolationScan, "renames" | "undecided" | "decided" | "warnings">;

/** `constructs` tell where the names are defined; `commands` let libclang decide. Throws what an isolation throws. */
export async function dryRun(
  tree: string,
  plan: IsolationPlan,
  constructs: readonly ScanConstruct[],
  commands: readonly CompileCommand[] | undefined,
): Promise<Foreseen> {
  const compiler = commands === undefined ? {} : { commands };
  const target = join(tree, "..", `.${SCAN_FLAVOR}`);
  const result = await isolateTree({ flavor: SCAN_FLAVOR, release: "scan", source: tree, target, plan, dryRun: true, ...compiler });
  return { renames: renamesOf(result, constructs), undecided: result.undecided, decided: result.decided, warnings: result.warnings };
}

const DEFINING = new Set(["c-symbols", "global-cpp", "asm"]);

function renamesOf(result: IsolationResult, constructs: readonly ScanConstruct[]): IsolationScan["renames"] {
  const places = constructs.filter(({ id }) => DEFINING.has(id)).flatMap((construct) => construct.places);
  const first = new Map(places.toReversed().map((place) => [place.name, place]));
  const names = result.names.map(({ from, edits, kind }) => {
    const place = first.get(from);
    return { name: from, kind: isMangled(from) ? "mangled" : kind, edits, file: place?.file ?? null, line: place?.line ?? null };
  });
  return { edits: result.edits, files: result.changedFiles, names };
}

/** A C++ name as linkers see it: in an export list. */
function isMangled(name: string): boolean {
  return /^(\?|_{1,2}Z)/.test(name);
}
