/** Owns both engines of the state for tests: PGlite in a temporary folder, PostgreSQL in a cluster of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { State } from "../../src/store/state/database.js";
import { openState } from "../../src/store/state/open-state.js";
import { type PostgresCluster, postgresMissing, startPostgres } from "./postgres-cluster.js";

/** An engine that tests open states on; `skip` says why it is not there. */
export interface Engine {
  readonly name: string;
  readonly skip: string | undefined;
  start(): Promise<StateMaker>;
}

export interface StateMaker {
  /** The URL of a new, empty database; undefined for PGlite. */
  readonly cluster?: PostgresCluster;
  /** A new state, or that of a place opened before. */
  open(place?: { readonly dir: string; readonly databaseUrl?: string }): Promise<OpenedState>;
  stop(): Promise<void>;
}

export interface OpenedState {
  readonly state: State;
  readonly place: { readonly dir: string; readonly databaseUrl?: string };
}

/** Both, so that each test runs on each. */
export const ENGINES: readonly Engine[] = [
  { name: "PGlite", skip: undefined, start: async () => maker() },
  { name: "PostgreSQL", skip: postgresMissing(), start: async () => maker(await startPostgres()) },
];

function maker(cluster?: PostgresCluster): StateMaker {
  const folders: string[] = [];
  let count = 0;
  async function newPlace(): Promise<OpenedState["place"]> {
    const dir = mkdtempSync(join(tmpdir(), "unfork-state-"));
    folders.push(dir);
    return cluster === undefined ? { dir } : { dir, databaseUrl: await cluster.createDatabase(`state_${++count}`) };
  }
  return {
    ...(cluster === undefined ? {} : { cluster }),
    async open(given) {
      const place = given ?? (await newPlace());
      return { place, state: await openState(place) };
    },
    async stop() {
      await cluster?.stop();
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}
