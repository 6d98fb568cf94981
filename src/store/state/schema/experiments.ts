/** Owns the tables of projects, experiments and their phases. */
import { doublePrecision, integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** A project: one library, one seed, one fleet. */
export const projects = pgTable("projects", {
  name: text().primaryKey(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
});

/** `definition` is the experiment as it was planned, `state` where its ramp stands; both are documents of `src/model`. */
export const experiments = pgTable(
  "experiments",
  {
    project: text()
      .notNull()
      .references(() => projects.name),
    id: text().notNull(),
    useCase: text("use_case").notNull(),
    definition: jsonb().notNull(),
    state: jsonb().notNull(),
    status: text().notNull(),
    /** Counts the changes of `state`: who writes names the one it read. */
    revision: integer().notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.project, table.id] })],
);

/** One allocation of an experiment: from the seed that brought it to the one that ended it. */
export const phases = pgTable(
  "phases",
  {
    project: text().notNull(),
    experiment: text().notNull(),
    phase: integer().notNull(),
    stage: integer().notNull(),
    percent: doublePrecision().notNull(),
    arms: jsonb().notNull(),
    seedVersion: integer("seed_version").notNull(),
    beganAt: timestamp("began_at", { withTimezone: true }).notNull(),
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.project, table.experiment, table.phase] })],
);
