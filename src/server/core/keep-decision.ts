/** Owns which decisions are kept: every one that does something, and of those that wait the newest, and one for every hour. */
import type { Decision } from "../../model/decision.js";
import type { Database } from "../../store/state/database.js";
import { insertDecision, listDecisions, replaceDecision } from "../../store/state/decisions.js";

const KEPT_APART_MS = 3_600_000;

/** Stores a decision with its evidence, over the one before where both wait and little time lies between the one before that. */
export async function keepDecision(
  tx: Database,
  project: string,
  decision: Decision,
  at: Date,
  seedVersion: number | undefined,
): Promise<void> {
  const { experiment, phase, action } = decision;
  const row = { project, experiment, phase, at, action, decision, seedVersion: seedVersion ?? null };
  const [last, before] = await listDecisions(tx, project, experiment, 2);
  const waits = action === "wait" && last?.action === "wait" && last.phase === phase && last.seedVersion === null;
  const since = waits && before !== undefined ? at.getTime() - before.at.getTime() : Number.POSITIVE_INFINITY;
  if (waits && since < KEPT_APART_MS) await replaceDecision(tx, last.id, row);
  else await insertDecision(tx, row);
}
