/** Owns the search for runs that left no end mark: they become crash events, with their exposures. */
import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { messageOf } from "../../../support/errors.js";
import { markedProcess } from "../../../support/process-mark.js";
import { crashId, eventLine, exposureId } from "./event-line.js";
import { type NamedFile, runsIn } from "./names.js";
import { type RunStory, storyOf } from "./run-story.js";
import type { Spool } from "./spool.js";

/** Of another machine's or container's process nothing is known but that it touches its file each minute. */
const SILENT_MS = 5 * 60_000;

export interface Search {
  readonly folder: string;
  /** Left out: it is this process's own. */
  readonly run: string;
  readonly spool: Pick<Spool, "add" | "sync">;
  readonly now: () => number;
  readonly tell: (message: string) => void;
}

/** Two processes may find the same run: ids and times are made of its file, so that it is told once. */
export async function findCrashes(search: Search): Promise<void> {
  for (const one of runsIn(search.folder)) {
    if (one.run === search.run) continue;
    await tellOf(one, search).catch((error: unknown) => search.tell(`${one.name} cannot be looked at: ${messageOf(error)}`));
  }
}

async function tellOf({ name, run }: NamedFile, { folder, spool, now }: Search): Promise<void> {
  const path = join(folder, name);
  const story = storyOf(readFileSync(path, "utf8"));
  const touchedMs = Math.round(statSync(path).mtimeMs);
  if (await lives(story, touchedMs, now())) return;
  const ended = story.mark === "end" || story.mark === "paused";
  if (!ended && !tellCrash(run, story, Math.max(story.lastMs, touchedMs), spool)) return;
  rmSync(path, { force: true });
}

async function lives({ process }: RunStory, touchedMs: number, nowMs: number): Promise<boolean> {
  if (process === undefined) return false;
  const state = await markedProcess(process);
  return state === "elsewhere" ? nowMs - touchedMs < SILENT_MS : state !== "gone";
}

/** The exposure, too: units without one do not count, and the machine may have stopped before it was spooled. */
function tellCrash(run: string, { open, wasRunning }: RunStory, time: number, spool: Search["spool"]): boolean {
  const stage = wasRunning ? "running" : "startup";
  for (const one of open) {
    if (!spool.add(eventLine({ id: exposureId(run, one.number), time: one.time, type: "exposure" }, one.fields))) return false;
    if (!spool.add(eventLine({ id: crashId(run, one.number), time, type: "crash" }, one.fields, { stage }))) return false;
  }
  return spool.sync();
}
