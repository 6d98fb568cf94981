/** Owns what most tests of fetches need. */
import { execFileSync } from "node:child_process";

import { UnforkError } from "../../../src/support/errors.js";

/** The error a promise ends with; a test fails when it ends well or with another kind of error. */
export async function refusalOf(promise: Promise<unknown>): Promise<UnforkError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof UnforkError) return error;
  throw new Error("expected an UnforkError", { cause: error });
}

/** The bytes as a compressor of this machine gives them. */
export function compressed(command: string, data: Buffer): Buffer {
  return execFileSync(command, ["-c"], { input: data, maxBuffer: 64 * 1024 * 1024, stdio: ["pipe", "pipe", "ignore"] });
}

/** Whether a command can be started on this machine. */
export function hasCommand(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
