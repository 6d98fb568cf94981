/**
 * Owns that PGlite never meets a full disk: when it cannot make a file of its write-ahead log it panics, as PostgreSQL does, and as it
 * runs in this process, all of that stands still (seen with 0.5.17). What was written is intact when it is opened again.
 */
import { statfsSync } from "node:fs";
import type { PGlite } from "@electric-sql/pglite";

import { UnforkError } from "../../support/errors.js";

/** Four files of the log: more than a transaction here writes. */
export const LEAST_FREE = 64 * 2 ** 20;

/** Bytes that may still be written by who is not root. */
export function freeBytes(dir: string): number {
  const { bavail, bsize } = statfsSync(dir);
  return bavail * bsize;
}

/** Throws `disk` when too little is left. */
export function expectSpace(dir: string, free: (dir: string) => number = freeBytes): void {
  if (free(dir) >= LEAST_FREE) return;
  throw new UnforkError(
    "disk",
    `less than ${LEAST_FREE / 2 ** 20} MiB are left on the disk of ${dir}: the state is not touched until there is more`,
    {
      hint: "free some space; nothing has to be started again",
    },
  );
}

/** From now on each query and transaction looks first; a look takes microseconds. */
export function guardSpace(client: PGlite, look: () => void): void {
  for (const name of ["query", "exec", "transaction"] as const) {
    const original = client[name].bind(client) as (...args: unknown[]) => Promise<unknown>;
    Object.defineProperty(client, name, {
      value: async (...args: unknown[]) => {
        look();
        return original(...args);
      },
    });
  }
}
