/** Owns the tables of who may do what, and of what was done. */
import { integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** Only a hash of each secret: a secret is 256 random bits, so that no slow hash is needed. */
export const tokens = pgTable("tokens", {
  id: text().primaryKey(),
  project: text().notNull(),
  role: text({ enum: ["ingest", "reader", "operator", "signer", "worker"] }).notNull(),
  name: text().notNull(),
  hash: text().notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  expiresAt: timestamp("expires_at", { withTimezone: true }),
  revokedAt: timestamp("revoked_at", { withTimezone: true }),
});

/** Append-only (a trigger refuses the rest); `hash` covers all other columns and the row before. */
export const audit = pgTable("audit", {
  seq: integer().primaryKey(),
  /** ISO 8601, as it is hashed. */
  at: text().notNull(),
  project: text().notNull(),
  actor: text().notNull(),
  action: text().notNull(),
  subject: text().notNull(),
  /** Canonical JSON, as it is hashed. */
  detail: text().notNull(),
  previous: text().notNull().unique(),
  hash: text().notNull().unique(),
});

export const settings = pgTable(
  "settings",
  {
    project: text().notNull(),
    key: text().notNull(),
    value: jsonb().notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.key] })],
);
