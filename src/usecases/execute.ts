/** Owns one run of a use case's command: its figures and the digests of what it wrote, or how it crashed. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { fileError } from "../support/errors.js";
import { type CommandResult, run } from "../support/exec.js";
import { exists } from "../support/fs.js";
import { sha256File } from "../support/hash.js";
import { lastJsonLine } from "./values.js";

export interface Execution {
  /** Program and arguments, placeholders filled in. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Folder the command writes into; made when missing. */
  readonly out: string;
  /** Files, relative to `out`, that must be there afterwards. */
  readonly outputs: readonly string[];
  readonly timeoutSeconds: number;
}

export type RunOutcome =
  | { readonly status: "ok"; readonly line: Readonly<Record<string, unknown>>; readonly digests: readonly string[] }
  /** `how` as in "signal SIGSEGV", "exit code 3", "no JSON line". */
  | { readonly status: "crashed"; readonly how: string };

/** A run's figures are one line of JSON; a program that talks more than this is not one of ours to listen to. */
const MOST_OUTPUT = 16 * 2 ** 20;

/** Runs it once. Throws only when the command could not be started or its outputs not be read. */
export async function execute(execution: Execution): Promise<RunOutcome> {
  await mkdir(execution.out, { recursive: true }).catch((error: unknown) => Promise.reject(fileError("write", execution.out, error)));
  const [command = "", ...args] = execution.argv;
  const result = await run({ command, args, cwd: execution.cwd, timeoutMs: execution.timeoutSeconds * 1000, mostOutput: MOST_OUTPUT });
  const how = crashOf(result, execution.timeoutSeconds) ?? (await missingOutput(execution));
  if (how !== undefined) return { status: "crashed", how };
  const line = lastJsonLine(result.stdout.toString("utf8"));
  if (line === undefined) return { status: "crashed", how: "no JSON object in the last line of its output" };
  const digests = await Promise.all(execution.outputs.map((file) => sha256File(join(execution.out, file))));
  return { status: "ok", line, digests };
}

function crashOf(result: CommandResult, timeoutSeconds: number): string | undefined {
  if (result.timedOut) return `no end after ${timeoutSeconds} s, killed`;
  if (result.overflowed) return `wrote more than ${MOST_OUTPUT / 2 ** 20} MiB to its output, killed`;
  if (result.signal !== null) return `signal ${result.signal}`;
  return result.code === 0 ? undefined : `exit code ${result.code}${lastWords(result.stderr)}`;
}

function lastWords(stderr: string): string {
  const line = stderr.trim().split("\n").at(-1) ?? "";
  return line === "" ? "" : ` (${line.slice(0, 200)})`;
}

async function missingOutput(execution: Execution): Promise<string | undefined> {
  for (const file of execution.outputs) {
    if (!(await exists(join(execution.out, file)))) return `did not write ${file}`;
  }
  return undefined;
}
