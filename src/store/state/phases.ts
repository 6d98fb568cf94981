/** Owns the phases of experiments as they are stored: one allocation each, from the seed that brought it to the one that ended it. */
import { and, asc, eq, isNull } from "drizzle-orm";

import type { Database } from "./database.js";
import { phases } from "./schema/index.js";

export type PhaseRow = typeof phases.$inferSelect;

/** Oldest first. */
export async function listPhases(db: Database, project: string, experiment: string): Promise<PhaseRow[]> {
  return db.select().from(phases).where(of(project, experiment)).orderBy(asc(phases.phase));
}

/** Ends the running phase, if there is one, and begins another. */
export async function beginPhase(db: Database, row: Omit<PhaseRow, "endedAt">): Promise<void> {
  await endPhase(db, row.project, row.experiment, row.beganAt);
  await db.insert(phases).values(row);
}

export async function endPhase(db: Database, project: string, experiment: string, at: Date): Promise<void> {
  await db
    .update(phases)
    .set({ endedAt: at })
    .where(and(of(project, experiment), isNull(phases.endedAt)));
}

function of(project: string, experiment: string) {
  return and(eq(phases.project, project), eq(phases.experiment, experiment));
}
