/** Owns the journal: one folder per run, one JSON file per finished stage. */
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

import { UnforkError } from "../support/errors.js";
import { readTextIfThere, writeFileAtomic } from "../support/fs.js";
import { canonicalJson } from "../support/hash.js";
import { needSchema, stageOutputSchemas } from "./outputs.js";
import type { StageId } from "./outputs.js";
import type { StageEntry } from "./stage.js";

const runSchema = z.strictObject({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  status: z.enum(["running", "done", "failed", "waiting", "aborted"]),
  startedAt: z.string(),
});
export type Run = z.infer<typeof runSchema>;

const entrySchema = z.strictObject({
  stage: z.enum(Object.keys(stageOutputSchemas) as [StageId, ...StageId[]]),
  title: z.string(),
  inputDigest: z.string(),
  status: z.enum(["done", "failed", "waiting"]),
  output: z.unknown(),
  summary: z.string(),
  needs: z.array(needSchema),
  durationMs: z.number(),
});

const STAGES = Object.keys(stageOutputSchemas);

/** The newest run of a project, or undefined. Throws `state-invalid` on a journal that is not ours. */
export async function latestRun(runs: string): Promise<Run | undefined> {
  for (const name of (await runNames(runs)).toReversed()) {
    const text = await readTextIfThere(join(runs, name, "run.json"));
    if (text !== undefined) return parse(runSchema, text, join(runs, name, "run.json"));
  }
  return undefined;
}

async function runNames(runs: string): Promise<string[]> {
  return (await readdir(runs).catch(() => [])).filter((name) => /^\d{4,}$/.test(name)).toSorted((a, b) => Number(a) - Number(b));
}

/** Opens the next run; numbers only grow, also past a journal that cannot be read. */
export async function newRun(runs: string, run: Omit<Run, "id" | "status">): Promise<Run> {
  const last = (await runNames(runs)).at(-1) ?? "0";
  const id = String(Number(last) + 1).padStart(4, "0");
  await rm(join(runs, id), { recursive: true, force: true });
  await mkdir(join(runs, id), { recursive: true });
  const opened: Run = { id, status: "running", ...run };
  await saveRun(runs, opened);
  return opened;
}

export async function saveRun(runs: string, run: Run): Promise<void> {
  await writeFileAtomic(join(runs, run.id, "run.json"), `${canonicalJson(run, 2)}\n`);
}

/** The finished stages of a run, in order. */
export async function readEntries(runs: string, run: Run): Promise<StageEntry[]> {
  const entries: StageEntry[] = [];
  for (const stage of STAGES) {
    const path = entryPath(runs, run, stage);
    const text = await readTextIfThere(path);
    if (text !== undefined) entries.push(parse(entrySchema, text, path) as StageEntry);
  }
  return entries;
}

export async function writeEntry(runs: string, run: Run, entry: StageEntry): Promise<void> {
  await writeFileAtomic(entryPath(runs, run, entry.stage), `${canonicalJson(entry, 2)}\n`);
}

/** Takes back what a stage wrote, and what the stages after it wrote. */
export async function dropEntriesFrom(runs: string, run: Run, stage: StageId): Promise<void> {
  for (const later of STAGES.slice(STAGES.indexOf(stage))) await rm(entryPath(runs, run, later), { force: true });
}

function entryPath(runs: string, run: Run, stage: string): string {
  return join(runs, run.id, `${String(STAGES.indexOf(stage) + 1).padStart(2, "0")}-${stage}.json`);
}

function parse<T>(schema: z.ZodType<T>, text: string, path: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnforkError("state-invalid", `the journal file ${path} cannot be read`, {
      hint: "start a new run with `unfork upgrade --new`",
      context: { path },
      cause: error,
    });
  }
}
