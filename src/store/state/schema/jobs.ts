/** Owns the table of leases: which worker has which job, until when. The queue itself is pg-boss's. */
import { index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const leases = pgTable(
  "leases",
  {
    job: text().primaryKey(),
    queue: text().notNull(),
    worker: text().notNull(),
    labels: jsonb().$type<readonly string[]>().notNull(),
    /** SHA-256 of the word that the holder names; a new holder has another. */
    holder: text().notNull(),
    leasedAt: timestamp("leased_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (table) => [index("leases_by_expiry").on(table.expiresAt)],
);
