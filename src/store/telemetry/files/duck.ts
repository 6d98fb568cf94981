/** Owns the talk with DuckDB: one instance in memory with a bound on it, rows as plain values. */
import type { DuckDBConnection } from "@duckdb/node-api";

import { UnforkError, messageOf } from "../../../support/errors.js";

export type Row = Readonly<Record<string, string | number | null>>;

/** Runs SQL of one engine, and gives its rows: numbers as numbers, everything else as text. */
export type Query = (sql: string) => Promise<readonly Row[]>;

export interface Duck {
  readonly query: Query;
  run(sql: string): Promise<void>;
  /** From now on. */
  setMemory(mebibytes: number): Promise<void>;
  close(): void;
}

export interface DuckOptions {
  /** A folder for what does not fit into memory. */
  readonly spill: string;
  readonly memoryMiB: number;
  readonly threads: number;
}

/** Opens DuckDB; the package is loaded here and nowhere else. Extensions are never fetched. */
export async function openDuck({ spill, memoryMiB, threads }: DuckOptions): Promise<Duck> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(threads),
    memory_limit: `${memoryMiB}MiB`,
    temp_directory: spill,
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  return {
    query: (sql) => query(connection, sql),
    run: async (sql) => {
      await connection.run(sql).catch(failed);
    },
    setMemory: async (mebibytes) => {
      await connection.run(`SET memory_limit = '${mebibytes}MiB'`).catch(failed);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function query(connection: DuckDBConnection, sql: string): Promise<readonly Row[]> {
  const reader = await connection.runAndReadAll(sql).catch(failed);
  const names = reader.columnNames();
  return reader.getRows().map((row) => Object.fromEntries(names.map((name, index) => [name, plain(row[index])])));
}

function plain(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "number" ? value : String(value);
}

/** A full disk, a missing file, too little memory: told by DuckDB in words only. */
function failed(error: unknown): never {
  throw new UnforkError("disk", `the telemetry store failed: ${messageOf(error)}`, { cause: error });
}
