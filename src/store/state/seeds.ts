/** Owns signed seeds as they are stored: each version once, and the newest of each kind. */
import { and, asc, desc, eq, gte, sql } from "drizzle-orm";

import type { Database } from "./database.js";
import { seeds } from "./schema/index.js";

export type SeedRow = typeof seeds.$inferSelect;

/** What a fleet is to follow: the newest base, and the newest halt on it. */
export interface CurrentSeed {
  readonly base: SeedRow;
  readonly halt?: SeedRow;
}

export async function currentSeed(db: Database, project: string): Promise<CurrentSeed | undefined> {
  const [base] = await newest(db, project, "base");
  if (base === undefined) return undefined;
  const [halt] = await newest(db, project, "halt");
  return halt === undefined || halt.baseVersion !== base.version ? { base } : { base, halt };
}

function newest(db: Database, project: string, kind: SeedRow["kind"]): Promise<SeedRow[]> {
  const mine = and(eq(seeds.project, project), eq(seeds.kind, kind));
  return db.select().from(seeds).where(mine).orderBy(desc(seeds.version)).limit(1);
}

/** The newest version of any kind, 0 for none. */
export async function newestVersion(db: Database, project: string): Promise<number> {
  const [row] = await db
    .select({ version: seeds.version })
    .from(seeds)
    .where(eq(seeds.project, project))
    .orderBy(desc(seeds.version))
    .limit(1);
  return row?.version ?? 0;
}

/** The version of the first seed of any kind that was stored at that time or later. */
export async function firstVersionSince(db: Database, project: string, at: Date): Promise<number | undefined> {
  const mine = and(eq(seeds.project, project), gte(seeds.storedAt, at));
  const [row] = await db.select({ version: seeds.version }).from(seeds).where(mine).orderBy(asc(seeds.version)).limit(1);
  return row?.version;
}

/** Stores a seed; the caller holds `lockSeeds`. A version that is taken is refused by the table's key. */
export async function insertSeed(db: Database, row: SeedRow): Promise<void> {
  await db.insert(seeds).values(row);
}

/** Until the transaction ends, nobody else gives out versions of this project. */
export async function lockSeeds(tx: Database, project: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`unfork seeds ${project}`}))`);
}

/** Seeds from a version on, newest first. */
export async function listSeeds(db: Database, project: string, from = 0, limit = 100): Promise<SeedRow[]> {
  const mine = and(eq(seeds.project, project), gte(seeds.version, from));
  return db.select().from(seeds).where(mine).orderBy(desc(seeds.version)).limit(limit);
}
