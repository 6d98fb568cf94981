/** Owns the tables of decisions, of what each look saw, and of what explains a halt. */
import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** Every decision with its evidence; `outcome` tells what was done about it. */
export const decisions = pgTable(
  "decisions",
  {
    id: bigserial({ mode: "number" }).primaryKey(),
    project: text().notNull(),
    experiment: text().notNull(),
    phase: integer().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    action: text().notNull(),
    decision: jsonb().notNull(),
    outcome: text(),
    /** The seed that carried it out. */
    seedVersion: integer("seed_version"),
    /** When falling exposures confirmed it. */
    confirmedAt: timestamp("confirmed_at", { withTimezone: true }),
  },
  (table) => [index("decisions_by_experiment").on(table.project, table.experiment, table.id)],
);

/** What the sequential layers remember between looks. */
export const looks = pgTable(
  "looks",
  {
    project: text().notNull(),
    experiment: text().notNull(),
    look: integer().notNull(),
    phase: integer().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    evidence: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.experiment, table.look] })],
);

/** Commits and features between the flavors of a halted experiment, and what a lab narrowed them to. */
export const attributions = pgTable(
  "attributions",
  {
    project: text().notNull(),
    experiment: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull(),
    attribution: jsonb().notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.experiment, table.at] })],
);
