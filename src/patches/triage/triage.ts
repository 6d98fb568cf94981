/** Owns the triage of a ported stack: each patch in conflict as a root or a cascade, with the culprits of the roots. */
import { git } from "../../git/git.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import type { StackPatch } from "../stack/stack-patch.js";
import type { PortContext } from "../stack/port-context.js";
import type { Onto } from "../stack/write-stack.js";
import { type FoundCulprit, type NoHistory, findCulprits } from "./culprits.js";
import { type Verdict, verdictsOf } from "./roots.js";
import { openSlotMerger } from "./slot-merge.js";
import type { PortedPatches } from "./stack-apart.js";

export interface Triage {
  readonly verdicts: ReadonlyMap<StackPatch, Verdict>;
  readonly culprits: readonly FoundCulprit[] | NoHistory;
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
  const oldBase = await forkTree(context, ported.patches, known);
  const slots = openSlotMerger(context);
  const verdicts = await verdictsOf(context, slots, { ...ported, oldBase, newBase: onto.tree });
  const files = verdicts.flatMap(({ own }) => own);
  const culprits = await findCulprits(context, slots, files, { newBase: onto.commit, known });
  return { verdicts: new Map(verdicts.map((verdict) => [verdict.patch, verdict])), culprits };
}

/** Where the stack leaves the old base; where they have nothing in common, what the first patch stands on. */
async function forkTree({ pool }: PortContext, patches: readonly StackPatch[], known: readonly string[]): Promise<string> {
  const fork = await git(pool.repository, ["merge-base", ...known]);
  const commit = fork.code === 0 ? await pool.read(fork.stdout.toString("latin1").trim(), "commit") : undefined;
  if (commit !== undefined) return parseRawCommit(commit).tree;
  return patches[0]?.parentTree ?? pool.addScratch("tree", Buffer.alloc(0));
}
