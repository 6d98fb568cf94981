/** Owns the log of a comparison: one line of JSON per run, so that a killed comparison goes on where it stopped. */
import { appendFile, rm, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";

import type { Flavor } from "../model/build.js";
import { UnforkError, fileError } from "../support/errors.js";
import { makeFolder, readTextIfThere } from "../support/fs.js";
import type { RunOutcome } from "./execute.js";

/** Which run of a comparison. */
export interface RunKey {
  readonly useCase: string;
  readonly arm: Flavor;
  /** 0: the first run; 1 and on: the pairs. */
  readonly index: number;
}

export interface RunLog {
  /** A run that an earlier, cut-short comparison of the same things made. */
  find(key: RunKey): RunOutcome | undefined;
  add(key: RunKey, outcome: RunOutcome): Promise<void>;
  /** How many runs were found when it was opened. */
  readonly found: number;
}

const outcomeSchema = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("ok"), line: z.record(z.string(), z.unknown()), digests: z.array(z.string()) }),
  z.strictObject({ status: z.literal("crashed"), how: z.string(), stack: z.array(z.string()) }),
]);
/** How each log begins; a kill may leave less of it. */
const HEAD = '{"comparison":';
const headSchema = z.strictObject({ comparison: z.string() });
const runSchema = z.strictObject({
  useCase: z.string(),
  arm: z.enum(["legacy", "latest"]),
  index: z.number().int(),
  outcome: outcomeSchema,
});

/**
 * Opens the log in `file`. Runs in it are taken when its first line names the same comparison (a digest of all that decides a run);
 * of another comparison it is begun anew. A last line that a kill cut short is dropped. Throws `usage` where the file is no such log.
 */
export async function openRunLog(file: string, comparison: string): Promise<RunLog> {
  const runs = await earlierRuns(file, comparison);
  if (runs === undefined) await begin(file, comparison).catch((error: unknown) => Promise.reject(fileError("write", file, error)));
  const known = runs ?? new Map<string, RunOutcome>();
  return {
    found: known.size,
    find: (key) => known.get(keyText(key)),
    async add(key, outcome) {
      known.set(keyText(key), outcome);
      await appendFile(file, `${JSON.stringify({ ...key, outcome })}\n`);
    },
  };
}

async function begin(file: string, comparison: string): Promise<void> {
  await makeFolder(dirname(file));
  await rm(file, { force: true });
  await appendFile(file, `${JSON.stringify({ comparison })}\n`);
}

/** A comparison that came to its end is not gone on with. */
export async function endRunLog(file: string): Promise<void> {
  await appendFile(file, `${JSON.stringify({ comparison: "ended" })}\n`);
}

async function earlierRuns(file: string, comparison: string): Promise<Map<string, RunOutcome> | undefined> {
  const text = (await readTextIfThere(file)) ?? "";
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const [head = "", ...lines] = whole.split("\n").slice(0, -1);
  const begun = headSchema.safeParse(jsonOf(head)).data;
  if (begun === undefined && !HEAD.startsWith(text.slice(0, HEAD.length))) throw foreignFile(file);
  if (begun?.comparison !== comparison) return undefined;
  const runs = new Map<string, RunOutcome>();
  for (const line of lines) {
    const run = runSchema.safeParse(jsonOf(line)).data;
    if (run === undefined) return undefined;
    runs.set(keyText(run), run.outcome);
  }
  if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
  return runs;
}

/** Whoever names another file by mistake keeps it. */
function foreignFile(file: string): UnforkError {
  return new UnforkError("usage", `${file} is no log of a comparison: it is left as it is`, {
    hint: "name another file, or remove this one",
    context: { file },
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function keyText({ useCase, arm, index }: RunKey): string {
  return `${useCase} ${arm} ${index}`;
}
