/** Owns leases as they are stored: which worker has which job, until when. */
import { and, eq, gt, lte } from "drizzle-orm";

import type { Database } from "./database.js";
import { leases } from "./schema/index.js";

export type LeaseRow = typeof leases.$inferSelect;

/** Gives a job to a worker; a lease that a former holder left is written over. */
export async function putLease(db: Database, row: LeaseRow): Promise<void> {
  await db.insert(leases).values(row).onConflictDoUpdate({ target: leases.job, set: row });
}

/** Lengthens the lease of who still has it; false when it ran out or is another's. */
export async function renewLease(db: Database, job: string, holder: string, now: Date, until: Date): Promise<boolean> {
  const mine = and(eq(leases.job, job), eq(leases.holder, holder), gt(leases.expiresAt, now));
  return (await db.update(leases).set({ expiresAt: until }).where(mine).returning({ job: leases.job })).length > 0;
}

/** Ends a lease and gives it, to who still has it. */
export async function takeLeaseBack(db: Database, job: string, holder: string): Promise<LeaseRow | undefined> {
  const [row] = await db
    .delete(leases)
    .where(and(eq(leases.job, job), eq(leases.holder, holder)))
    .returning();
  return row;
}

/** Ends all leases that ran out, and gives them. */
export async function takeExpiredLeases(db: Database, now: Date): Promise<LeaseRow[]> {
  return db.delete(leases).where(lte(leases.expiresAt, now)).returning();
}
