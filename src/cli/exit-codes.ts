/** Owns the exit codes and which error ends in which. */
import { type ErrorCode, UnforkError } from "../support/errors.js";

export const EXIT = { done: 0, gate: 1, usage: 2, environment: 3, waiting: 4, bug: 70, interrupted: 130 } as const;

const BY_ERROR: Readonly<Record<ErrorCode, number>> = {
  usage: EXIT.usage,
  "config-not-found": EXIT.usage,
  "config-invalid": EXIT.usage,
  "input-invalid": EXIT.usage,
  "input-missing": EXIT.usage,
  "archive-invalid": EXIT.usage,
  "object-invalid": EXIT.usage,
  checksum: EXIT.usage,
  "state-invalid": EXIT.usage,
  "tool-missing": EXIT.environment,
  "tool-failed": EXIT.environment,
  network: EXIT.environment,
  disk: EXIT.environment,
  locked: EXIT.environment,
  "waits-for-human": EXIT.waiting,
  interrupted: EXIT.interrupted,
};

/** The exit code for anything that was thrown. */
export function exitCodeOf(error: unknown): number {
  return error instanceof UnforkError ? BY_ERROR[error.code] : EXIT.bug;
}
