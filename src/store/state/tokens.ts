/** Owns tokens as they are stored: by role, only a hash of each secret. */
import { and, desc, eq, isNull } from "drizzle-orm";

import type { Database } from "./database.js";
import { tokens } from "./schema/index.js";

export type TokenRow = typeof tokens.$inferSelect;
export type Role = TokenRow["role"];

export async function insertToken(db: Database, row: Omit<TokenRow, "revokedAt">): Promise<void> {
  await db.insert(tokens).values(row);
}

/** One token, revoked and expired ones too. */
export async function findToken(db: Database, id: string): Promise<TokenRow | undefined> {
  const [row] = await db.select().from(tokens).where(eq(tokens.id, id));
  return row;
}

/** All of a project, newest first. */
export async function listTokens(db: Database, project: string): Promise<TokenRow[]> {
  return db.select().from(tokens).where(eq(tokens.project, project)).orderBy(desc(tokens.createdAt));
}

/** False when there is none, or it was revoked before. */
export async function revokeToken(db: Database, project: string, id: string, at: Date): Promise<boolean> {
  const mine = and(eq(tokens.project, project), eq(tokens.id, id), isNull(tokens.revokedAt));
  return (await db.update(tokens).set({ revokedAt: at }).where(mine).returning({ id: tokens.id })).length > 0;
}
