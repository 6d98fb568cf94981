/** Owns the tables of seeds and of the public keys that they are checked by. */
import { integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** Envelopes as they were signed, byte for byte; a version is taken once. */
export const seeds = pgTable(
  "seeds",
  {
    project: text().notNull(),
    version: integer().notNull(),
    kind: text({ enum: ["base", "halt"] }).notNull(),
    /** The base that a halt lowers; a base's own version. */
    baseVersion: integer("base_version").notNull(),
    /** SHA-256 of the payload. */
    digest: text().notNull(),
    envelope: text().notNull(),
    keyId: text("key_id").notNull(),
    storedAt: timestamp("stored_at", { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.version] })],
);

/** `origin`: named by a person on the server's machine, or brought by a signed seed. */
export const keys = pgTable(
  "keys",
  {
    project: text().notNull(),
    id: text().notNull(),
    role: text({ enum: ["signer", "halt"] }).notNull(),
    publicKey: text("public_key").notNull(),
    origin: text({ enum: ["local", "seed"] }).notNull(),
    /** Version of the seed that brought or revoked it last; 0 for local ones. */
    seedVersion: integer("seed_version").notNull(),
    addedAt: timestamp("added_at", { withTimezone: true }).notNull(),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);
