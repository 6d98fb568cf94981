/** Owns decisions, looks and attributions as they are stored. */
import { and, asc, desc, eq, isNull } from "drizzle-orm";

import type { Database } from "./database.js";
import { attributions, decisions, looks } from "./schema/index.js";

export type DecisionRow = typeof decisions.$inferSelect;
export type LookRow = typeof looks.$inferSelect;
export type AttributionRow = typeof attributions.$inferSelect;

type NewDecision = Pick<DecisionRow, "project" | "experiment" | "phase" | "at" | "action" | "decision"> &
  Partial<Pick<DecisionRow, "outcome" | "seedVersion">>;

/** Gives the decision's number. */
export async function insertDecision(db: Database, row: NewDecision): Promise<number> {
  const [stored] = await db.insert(decisions).values(row).returning({ id: decisions.id });
  return stored?.id ?? 0;
}

/** Newest first; of one experiment, or of all. */
export async function listDecisions(db: Database, project: string, experiment?: string, limit = 100): Promise<DecisionRow[]> {
  const mine = experiment === undefined ? undefined : eq(decisions.experiment, experiment);
  return db
    .select()
    .from(decisions)
    .where(and(eq(decisions.project, project), mine))
    .orderBy(desc(decisions.id))
    .limit(limit);
}

/** Confirms the halts of an experiment that nothing has confirmed yet. */
export async function confirmHaltsOf(db: Database, project: string, experiment: string, at: Date): Promise<void> {
  const mine = and(eq(decisions.project, project), eq(decisions.experiment, experiment), eq(decisions.action, "halt"));
  await db
    .update(decisions)
    .set({ confirmedAt: at })
    .where(and(mine, isNull(decisions.confirmedAt)));
}

/** Looks of an experiment, oldest first. */
export async function listLooks(db: Database, project: string, experiment: string): Promise<LookRow[]> {
  return db
    .select()
    .from(looks)
    .where(and(eq(looks.project, project), eq(looks.experiment, experiment)))
    .orderBy(asc(looks.look));
}

/** Adds the next look; the table's key refuses two of one number. */
export async function appendLook(db: Database, row: LookRow): Promise<void> {
  await db.insert(looks).values(row);
}

export async function insertAttribution(db: Database, row: AttributionRow): Promise<void> {
  await db.insert(attributions).values(row);
}

/** What is known of an experiment's halt, oldest first. */
export async function listAttributions(db: Database, project: string, experiment: string): Promise<AttributionRow[]> {
  const mine = and(eq(attributions.project, project), eq(attributions.experiment, experiment));
  return db.select().from(attributions).where(mine).orderBy(asc(attributions.at)).limit(100);
}

/** Writes a decision over one that it takes the place of. */
export async function replaceDecision(db: Database, id: number, row: NewDecision): Promise<void> {
  await db.update(decisions).set(row).where(eq(decisions.id, id));
}
