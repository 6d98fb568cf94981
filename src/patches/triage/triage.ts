/** Owns the triage of a ported stack: each patch in conflict as a root or a cascade, with the culprits of the roots. */
import type { StackPatch } from "../stack/stack-patch.js";
import type { PortContext } from "../stack/port-context.js";
import type { Onto } from "../stack/write-stack.js";
import { type FoundCulprit, findCulprits } from "./culprits.js";
import { type Verdict, verdictsOf } from "./roots.js";
import { openSlotMerger } from "./slot-merge.js";
import type { PortedPatches } from "./stack-apart.js";

export interface Triage {
  readonly verdicts: ReadonlyMap<StackPatch, Verdict>;
  readonly culprits: readonly FoundCulprit[] | "no-history";
}

/** The new base, and the commits of whose history upstream's line is no news: the old base and the tip of the stack. */
export interface TriageHistory {
  readonly onto: Onto;
  readonly known: readonly string[];
}

/** `ported`: a stack with at least one patch in conflict. */
export async function triageStack(
  context: PortContext,
  ported: Pick<PortedPatches, "patches" | "placements">,
  { onto, known }: TriageHistory,
): Promise<Triage> {
  const oldBase = ported.patches[0]?.parentTree ?? context.pool.addScratch("tree", Buffer.alloc(0));
  const slots = openSlotMerger(context);
  const verdicts = await verdictsOf(context, slots, { ...ported, oldBase, newBase: onto.tree });
  const files = verdicts.flatMap(({ own }) => own);
  const culprits = await findCulprits(context, slots, files, { newBase: onto.commit, known });
  return { verdicts: new Map(verdicts.map((verdict) => [verdict.patch, verdict])), culprits };
}
