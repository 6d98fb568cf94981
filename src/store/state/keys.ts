/** Owns public keys as they are stored: named on the server's machine, or brought and revoked by seeds. */
import { and, asc, eq, isNull } from "drizzle-orm";

import type { Database } from "./database.js";
import { keys } from "./schema/index.js";

export type KeyRow = typeof keys.$inferSelect;

export async function listKeys(db: Database, project: string): Promise<KeyRow[]> {
  return db.select().from(keys).where(eq(keys.project, project)).orderBy(asc(keys.addedAt), asc(keys.id));
}

/** Adds a key; one that is known stays as it is, revoked ones too. */
export async function addKey(db: Database, row: Omit<KeyRow, "revokedAt">): Promise<boolean> {
  return (await db.insert(keys).values(row).onConflictDoNothing().returning({ id: keys.id })).length > 0;
}

export async function revokeKey(db: Database, project: string, id: string, seedVersion: number, at: Date): Promise<void> {
  const mine = and(eq(keys.project, project), eq(keys.id, id), isNull(keys.revokedAt));
  await db.update(keys).set({ revokedAt: at, seedVersion }).where(mine);
}
