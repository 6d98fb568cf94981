/** Owns experiments as they are stored: the plan, and the state of its ramp, changed only by who read the newest. */
import { and, asc, eq } from "drizzle-orm";

import { UnforkError } from "../../support/errors.js";
import type { Database } from "./database.js";
import { experiments, projects } from "./schema/index.js";

export type ExperimentRow = typeof experiments.$inferSelect;

export async function addProject(db: Database, name: string, at: Date): Promise<void> {
  await db.insert(projects).values({ name, createdAt: at }).onConflictDoNothing();
}

/** False when the project has an experiment of this id. */
export async function insertExperiment(db: Database, row: ExperimentRow): Promise<boolean> {
  return (await db.insert(experiments).values(row).onConflictDoNothing().returning({ id: experiments.id })).length > 0;
}

export async function listExperiments(db: Database, project: string): Promise<ExperimentRow[]> {
  return db.select().from(experiments).where(eq(experiments.project, project)).orderBy(asc(experiments.id));
}

export async function findExperiment(db: Database, project: string, id: string): Promise<ExperimentRow | undefined> {
  const [row] = await db
    .select()
    .from(experiments)
    .where(and(eq(experiments.project, project), eq(experiments.id, id)));
  return row;
}

/** Writes a new state over the one that was read. Throws `state-invalid` when another change came between. */
export async function updateExperiment(
  db: Database,
  read: ExperimentRow,
  change: Pick<ExperimentRow, "state" | "status" | "updatedAt">,
): Promise<void> {
  const same = and(eq(experiments.project, read.project), eq(experiments.id, read.id), eq(experiments.revision, read.revision));
  const written = await db
    .update(experiments)
    .set({ ...change, revision: read.revision + 1 })
    .where(same)
    .returning({ id: experiments.id });
  if (written.length > 0) return;
  throw new UnforkError("state-invalid", `experiment ${read.id} was changed at the same time`, {
    hint: "look at its status, and try again",
  });
}

/** Names of all projects. */
export async function listProjects(db: Database): Promise<string[]> {
  return (await db.select({ name: projects.name }).from(projects).orderBy(asc(projects.name))).map(({ name }) => name);
}
