/** Owns the run of one job on a worker: a command of unfork itself, in the worker's own project. */
import type { LabJob, LabResult } from "../../model/lab-job.js";
import { start } from "../../support/exec.js";
import { ownFile } from "../../support/own-files.js";

/** Bytes of a command's document. */
const MOST_DOCUMENT = 6 * 1024 * 1024;
const LOG_END = 8000;

/** The arguments of `unfork` that a job comes to. */
export function argumentsOf(job: LabJob): string[] {
  const callgrind = job.callgrind === true ? ["--callgrind"] : [];
  if (job.kind === "compare") {
    const repeat = job.repeat === undefined ? [] : ["--repeat", String(job.repeat)];
    return ["usecase", "compare", ...job.useCases, ...repeat, ...callgrind, "--json"];
  }
  const inner = job.function === undefined ? [] : ["--function", job.function];
  return ["usecase", "bisect", job.useCase, job.metric, ...inner, ...callgrind, "--json"];
}

export interface RunningJob {
  readonly result: Promise<LabResult>;
  /** The job is another's now. */
  kill(): void;
}

/** Where a worker runs its jobs. */
export interface LabPlace {
  readonly projectDir: string;
  /** The worker's own, for folders without a project: `--program`, `--use-cases`. A job cannot name them. */
  readonly more: readonly string[];
}

/** Starts a job in a project's folder; secrets of this process are not handed on. */
export function runLabJob(job: LabJob, { projectDir, more }: LabPlace): RunningJob {
  const child = start({
    command: process.execPath,
    args: [ownFile("../bin/unfork.js"), ...argumentsOf(job), ...more],
    cwd: projectDir,
    env: { UNFORK_TOKEN: undefined, DATABASE_URL: undefined },
  });
  const chunks: Buffer[] = [];
  let size = 0;
  child.stdin.end();
  child.stdout.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MOST_DOCUMENT) chunks.push(chunk);
  });
  const result = child.done.then(({ code }): LabResult => {
    const document = size > MOST_DOCUMENT ? undefined : parsed(Buffer.concat(chunks).toString());
    const ran = (code === 0 || code === 1) && document !== undefined;
    const log = child.stderr().slice(-LOG_END);
    return { status: ran ? "done" : "failed", exitCode: code, log, ...(document === undefined ? {} : { document }) };
  });
  return { result, kill: child.kill };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
