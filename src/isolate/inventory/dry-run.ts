/** Owns the question what an isolation would rename and what it would leave undecided: it is run without writing. */
import { join } from "node:path";

import type { IsolationScan, ScanConstruct } from "../../model/isolation-scan.js";
import type { IsolationPlan, IsolationResult } from "../../model/isolation.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import { isolateTree } from "../isolate-tree.js";

/** A flavor that no tree uses already. */
export const SCAN_FLAVOR = "unfork_scan";

export type Foreseen = Pick<IsolationScan, "renames" | "undecided" | "decided" | "warnings">;

export interface DryRunRequest {
  readonly tree: string;
  /** The flavor that an isolated tree bears. */
  readonly flavor: string | undefined;
  /** Its namespaces as the tree spells them. */
  readonly plan: IsolationPlan;
  /** Let libclang decide. */
  readonly commands: readonly CompileCommand[] | undefined;
}

/** `constructs` tell where the names are defined. Throws what an isolation throws. */
export async function dryRun({ tree, flavor, plan, commands }: DryRunRequest, constructs: readonly ScanConstruct[]): Promise<Foreseen> {
  const suffix = flavor === undefined ? "" : `_${flavor}`;
  const namespaces = plan.namespaces.map((name) => (suffix !== "" && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name));
  const result = await isolateTree({
    flavor: flavor ?? SCAN_FLAVOR,
    release: "scan",
    source: tree,
    target: join(tree, "..", `.${SCAN_FLAVOR}`),
    plan: { ...plan, namespaces },
    dryRun: true,
    ...(commands === undefined ? {} : { commands }),
  });
  const warnings = flavor === undefined ? result.warnings : [`the tree is isolated already, as flavor '${flavor}'`, ...result.warnings];
  return { renames: renamesOf(result, constructs), undecided: result.undecided, decided: result.decided, warnings };
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
