/** Owns one measured run: a command in a process group of its own, with limits, and what it cost. */
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";

import { UnforkError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import { measureTool } from "./measure-tool.js";

/** What a run may use. Undefined: no limit of ours. */
export interface RunLimits {
  readonly seconds: number;
  /** Of a single file. */
  readonly fileBytes?: number;
  /** Of what it says on stdout or stderr. */
  readonly outputBytes: number;
  /** Of all its processes together. */
  readonly memoryBytes?: number;
  /** Of its files in `folder` and its temporary folder, and of what it writes anywhere. */
  readonly diskBytes?: number;
  /** Processes and threads at one time. */
  readonly processes?: number;
}

export interface MeasuredCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly limits: RunLimits;
  /** The core it is pinned to. */
  readonly cpu?: number;
  /** Where it writes. */
  readonly folder?: string;
}

/** How a run ended and what it cost, all its processes together. Times in ns; instructions of user space, null where not counted. */
export interface MeasuredRun {
  readonly code: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** The limit for which it was killed. */
  readonly exceeded: "memory" | "disk" | "processes" | null;
  readonly overflowed: boolean;
  readonly wallNs: number;
  readonly userNs: number;
  readonly systemNs: number;
  readonly peakKiB: number;
  readonly instructions: number | null;
  /** Processes that still ran when the command itself had ended; they were killed. */
  readonly leftRunning: number;
  /** Processes that the kernel killed meanwhile for want of memory. */
  readonly oomKills: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const resultSchema = z.union([
  z.strictObject({ error: z.string() }),
  z.strictObject({
    code: z.number().nullable(),
    signal: z.number().nullable(),
    timedOut: z.boolean(),
    exceeded: z.enum(["memory", "disk", "processes"]).nullable(),
    wallNs: z.number(),
    userNs: z.number(),
    systemNs: z.number(),
    peakKiB: z.number(),
    instructions: z.number().nullable(),
    leftRunning: z.number(),
    oomKills: z.number(),
  }),
]);

/** Beyond the run's own time: for ending what it left, and for the result to be written. */
const GRACE_MS = 10_000;

/** Runs it once, with a temporary folder of its own (TMPDIR). Throws `tool-missing` when the command could not be started. */
export async function measuredRun(measured: MeasuredCommand): Promise<MeasuredRun> {
  const { argv, cwd, env, limits } = measured;
  const tool = await measureTool();
  const folder = await mkdtemp(join(tmpdir(), "unfork-run-"));
  try {
    const file = join(folder, "result.json");
    const temporary = join(folder, "tmp");
    await mkdir(temporary);
    const result = await run({
      command: tool,
      args: [file, ...settingsOf(measured, temporary), "--", ...argv],
      cwd,
      env: { TMPDIR: temporary, ...env },
      timeoutMs: limits.seconds * 1000 + GRACE_MS,
      mostOutput: limits.outputBytes,
      leavesNothing: true,
    });
    const { stdout, stderr, overflowed } = result;
    if (overflowed) return { ...NOTHING, signal: "SIGKILL", overflowed, stdout, stderr, wallNs: result.durationMs * 1e6 };
    const told = resultSchema.parse(JSON.parse(await readFile(file, "utf8")));
    if ("error" in told) throw notStarted(argv[0] ?? "", told.error);
    return { ...told, signal: signalName(told.signal), overflowed, stdout, stderr };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function settingsOf({ limits, cpu, folder }: MeasuredCommand, temporary: string): string[] {
  const values = {
    seconds: limits.seconds,
    cpu,
    "file-bytes": limits.fileBytes,
    "memory-bytes": limits.memoryBytes,
    "disk-bytes": limits.diskBytes,
    processes: limits.processes,
  };
  const settings = Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]));
  return [...settings, ...[folder ?? [], temporary].flat().map((path) => `disk-folder=${path}`)];
}

const NOTHING = {
  code: null,
  timedOut: false,
  exceeded: null,
  userNs: 0,
  systemNs: 0,
  peakKiB: 0,
  instructions: null,
  leftRunning: 0,
  oomKills: 0,
} as const;

function notStarted(command: string, why: string): UnforkError {
  return new UnforkError("tool-missing", `cannot start ${command}: ${why}`, {
    hint: "build the program first, or mend the use case's `run`",
    context: { command },
  });
}

function signalName(number: number | null): string | null {
  if (number === null) return null;
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `signal ${number}`;
}
