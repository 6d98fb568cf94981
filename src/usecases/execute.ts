/** Owns one run of a use case's command: its figures and the digests of what it wrote, or how it crashed. */
import { makeFolder } from "../support/fs.js";
import { stat } from "node:fs/promises";
import { join } from "node:path";

import type { UseCaseLimits } from "../model/use-case.js";
import { fileError } from "../support/errors.js";
import { sha256File } from "../support/hash.js";
import { crashReportIn } from "./measure/crash-report.js";
import { type MeasuredCommand, type MeasuredRun, measuredRun } from "./measure/measured-run.js";
import { lastJsonLine } from "./values.js";

export interface Execution {
  /** Program and arguments, placeholders filled in. */
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Added to the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Folder the command writes into; made when missing. */
  readonly out: string;
  /** Files, relative to `out`, that must be there afterwards. */
  readonly outputs: readonly string[];
  readonly timeoutSeconds: number;
  readonly limits: UseCaseLimits;
  /** The core it is pinned to. */
  readonly cpu?: number | undefined;
}

export type RunOutcome =
  | { readonly status: "ok"; readonly line: Readonly<Record<string, unknown>>; readonly digests: readonly string[] }
  /** `how` as in "signal SIGSEGV", "exit code 3", "no JSON line". */
  | { readonly status: "crashed"; readonly how: string; readonly stack: readonly string[] };

/** A run's figures are one line of JSON; a program that talks more than this is not one of ours to listen to. */
const MIB = 2 ** 20;
const MOST_OUTPUT = 16 * MIB;
/** A single file that a run writes. */
const MOST_FILE = 4 * 2 ** 30;

/** Runs it once. Throws only when the command could not be started or its outputs not be read. */
export async function execute(execution: Execution): Promise<RunOutcome> {
  await makeFolder(execution.out).catch((error: unknown) => Promise.reject(fileError("write", execution.out, error)));
  const result = await measuredRun(measuredCommand(execution));
  const report = crashReportIn(result.stderr);
  const how = report?.what ?? endOf(result, execution) ?? (await missingOutput(execution));
  if (how !== undefined) return { status: "crashed", how, stack: report?.stack ?? [] };
  const line = lastJsonLine(result.stdout.toString("utf8"));
  if (line === undefined) return { status: "crashed", how: "no JSON object in the last line of its output", stack: [] };
  const digests = await Promise.all(execution.outputs.map((file) => sha256File(join(execution.out, file))));
  return { status: "ok", line: { ...line, run: costsOf(result) }, digests };
}

/** The run as it is measured, with every limit. */
export function measuredCommand({ argv, cwd, environment: env, timeoutSeconds, limits, cpu, out }: Execution): MeasuredCommand {
  const { memoryMiB, diskMiB, processes } = limits;
  return {
    argv,
    cwd,
    env,
    folder: out,
    ...(cpu === undefined ? {} : { cpu }),
    limits: {
      seconds: timeoutSeconds,
      fileBytes: Math.min(MOST_FILE, diskMiB * MIB),
      outputBytes: MOST_OUTPUT,
      diskBytes: diskMiB * MIB,
      processes,
      ...(memoryMiB === undefined ? {} : { memoryBytes: memoryMiB * MIB }),
    },
  };
}

/** What unfork itself measures, as the metrics `run.cpuMs`, `run.instructions` and so on. */
function costsOf({ userNs, systemNs, wallNs, peakKiB, instructions }: MeasuredRun): Record<string, number | null> {
  return { cpuMs: (userNs + systemNs) / 1e6, userMs: userNs / 1e6, wallMs: wallNs / 1e6, peakKiB, instructions };
}

function endOf(result: MeasuredRun, { timeoutSeconds, limits }: Execution): string | undefined {
  if (result.exceeded === "memory") return `out of memory: took more than ${limits.memoryMiB} MiB, killed`;
  if (result.exceeded === "disk") return `took more than ${limits.diskMiB} MiB of disk, killed`;
  if (result.exceeded === "processes") return `had more than ${limits.processes} processes and threads, killed`;
  if (result.timedOut) return `no end after ${timeoutSeconds} s, killed`;
  if (result.overflowed) return `wrote more than ${MOST_OUTPUT / 2 ** 20} MiB to its output, killed`;
  if (result.signal === "SIGXFSZ") return `wrote a file of more than ${Math.min(MOST_FILE / MIB, limits.diskMiB)} MiB, killed`;
  if (result.signal === "SIGKILL")
    return result.oomKills > 0 ? "killed by the kernel: out of memory" : "signal SIGKILL, which unfork did not send";
  if (result.signal !== null) return `signal ${result.signal}`;
  if (result.code !== 0) return `exit code ${result.code}${lastWords(result.stderr)}`;
  if (result.leftRunning === 0) return undefined;
  return `ended and left ${result.leftRunning === 1 ? "a process" : `${result.leftRunning} processes`} running, killed`;
}

function lastWords(stderr: string): string {
  const line = stderr.trim().split("\n").at(-1) ?? "";
  return line === "" ? "" : ` (${line.slice(0, 200)})`;
}

async function missingOutput(execution: Execution): Promise<string | undefined> {
  for (const file of execution.outputs) {
    const status = await stat(join(execution.out, file)).catch(() => undefined);
    if (status === undefined) return `did not write ${file}`;
    if (!status.isFile()) return `${file} is not a file`;
  }
  return undefined;
}
