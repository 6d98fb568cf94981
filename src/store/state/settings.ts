/** Owns settings as they are stored: a JSON value by name. */
import { and, eq } from "drizzle-orm";

import type { Database } from "./database.js";
import { settings } from "./schema/index.js";

export async function readSetting(db: Database, project: string, key: string): Promise<unknown> {
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(and(eq(settings.project, project), eq(settings.key, key)));
  return row?.value;
}

export async function writeSetting(db: Database, project: string, key: string, value: unknown, at: Date): Promise<void> {
  const set = { value, updatedAt: at };
  await db
    .insert(settings)
    .values({ project, key, ...set })
    .onConflictDoUpdate({ target: [settings.project, settings.key], set });
}
