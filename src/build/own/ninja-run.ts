/** Owns running ninja: progress from its status line, failures with their command and what the compiler said. */
import { join } from "node:path";

import { emit } from "../../support/bus.js";
import { UnforkError } from "../../support/errors.js";
import { type CommandResult, failure, run } from "../../support/exec.js";

/** A step that failed: which output was to be made, by what, and all that was printed. */
export interface FailedStep {
  readonly output: string;
  readonly command: string;
  readonly text: string;
}

export interface NinjaRequest {
  /** ninja runs there. */
  readonly folder: string;
  /** Name of the ninja file in it. */
  readonly file: string;
  readonly jobs: number;
  /** Label of the progress events. */
  readonly label: string;
}

/** Before each line of ninja's own, so that a compiler's output is never taken for one. */
const STATUS = "@unfork ";
/** Failing steps after which no new ones start: enough to see a pattern, without compiling all the rest. */
const KEEP_GOING = 25;

/** Builds everything in the ninja file. Returns the failed steps (none: all is built); throws when ninja itself could not work. */
export async function runNinja(request: NinjaRequest): Promise<FailedStep[]> {
  const command = {
    command: "ninja",
    args: ["-f", request.file, "-j", String(request.jobs), "-k", String(KEEP_GOING)],
    cwd: request.folder,
    env: { NINJA_STATUS: `${STATUS}[%f/%t] ` },
    onStdoutLine: (line: string) => tellProgress(line, request.label),
  };
  const result = await run(command);
  emit({ type: "progress:end", label: request.label });
  if (result.code === 0) return [];
  const failed = failedSteps(result.stdout.toString("utf8"));
  if (failed.length === 0) throw brokenNinja(command, result);
  stopOnFullDisk(failed, request.folder);
  return failed;
}

/** The failed steps in what ninja printed (with our status prefix), sorted by output. */
export function failedSteps(stdout: string): FailedStep[] {
  const lines = stdout.split("\n");
  const failed: FailedStep[] = [];
  for (let index = 0; index < lines.length; index++) {
    const output = /^FAILED: (?:\[code=\d+\] )?(.*?) *$/.exec(lines[index] ?? "")?.[1];
    if (output === undefined) continue;
    const end = nextOwnLine(lines, index + 2);
    failed.push({
      output,
      command: lines[index + 1] ?? "",
      text: lines
        .slice(index + 2, end)
        .join("\n")
        .trimEnd(),
    });
    index = end - 1;
  }
  return failed.toSorted((a, b) => (a.output < b.output ? -1 : 1));
}

function nextOwnLine(lines: readonly string[], from: number): number {
  for (let index = from; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line.startsWith(STATUS) || line.startsWith("FAILED: ") || line.startsWith("ninja: ")) return index;
  }
  return lines.length;
}

function tellProgress(line: string, label: string): void {
  const status = /^@unfork \[(\d+)\/(\d+)\]/.exec(line);
  if (status !== null) emit({ type: "progress", label, done: Number(status[1]), total: Number(status[2]), unit: "steps" });
}

function brokenNinja(command: Parameters<typeof failure>[0], result: CommandResult): UnforkError {
  const own = result.stdout
    .toString("utf8")
    .split("\n")
    .filter((line) => line.startsWith("ninja: "));
  return failure(command, { ...result, stderr: [...own, result.stderr].join("\n") });
}

function stopOnFullDisk(failed: readonly FailedStep[], folder: string): void {
  const full = failed.find((step) => /No space left on device|Disk quota exceeded/.test(step.text));
  if (full === undefined) return;
  throw new UnforkError("disk", `the disk is full: ${join(folder, full.output)} could not be written`, {
    hint: "free some space and start again: what is compiled stays compiled",
    context: { folder, command: full.command },
  });
}
