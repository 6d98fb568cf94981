/** Owns what a process tells of its assignments, on disk first: exposures before the library is used, metrics, its end, and crashes of runs before it. */
import { EVENT_NAME, MOST_VALUE } from "../../../model/telemetry.js";
import { wallClockMs } from "../../../support/clock.js";
import { messageOf } from "../../../support/errors.js";
import { makeFolder } from "../../../support/fs.js";
import { processMark } from "../../../support/process-mark.js";
import { secretBytes } from "../../../support/random.js";
import type { EventFields } from "../assigner.js";
import { eventLine, exposureId } from "./event-line.js";
import { findCrashes } from "./find-crashes.js";
import { type RunFile, beginRun } from "./run-file.js";
import type { OpenAssignment, RunMark } from "./run-story.js";
import { type Spool, type SpoolLimits, openSpool } from "./spool.js";

export interface RunOptions extends SpoolLimits {
  /** The program's own, readable by nobody else; that of the client will do. Several processes may share it. */
  readonly folder: string;
  /** Is told of what cannot be kept or sent. */
  readonly onMessage?: (message: string) => void;
  /** The wall clock in ms since 1970; for tests. */
  readonly now?: () => number;
}

export interface MetricOptions {
  /** Of ratio metrics. */
  readonly denominator?: number;
  /** Measured before the unit's first exposure. */
  readonly period?: "before";
}

/** One per process. Nothing here throws; what was added is with the system at once, and survives the process. */
export interface RunLog {
  /** Before the first use of the library: an exposure, and a crash if the process ends without a mark. Told once. Resolves when it is on disk. */
  readonly assigned: (fields: EventFields) => Promise<void>;
  /** False for names and values that events cannot have, and where the disk did not take it. */
  readonly metric: (fields: EventFields, metric: string, value: number, more?: MetricOptions) => boolean;
  /** The program is up: a crash before counts as one at start-up. */
  readonly running: () => void;
  /** The system may now end the process at any time, and that is no crash, until `running` is called. */
  readonly paused: () => void;
  /** A call or another unit is over, while the process goes on: an `end` event, and no crash of it later. */
  readonly endUnit: (fields: EventFields) => boolean;
  /** A clean end of the process: an `end` event for each assignment that is open. */
  readonly end: () => void;
}

const TOUCH_MS = 60_000;

/** Open assignments that stay when the file of the run is written anew; older ones are not told of a crash any more. */
const KEPT = 10_000;

/** Opens the log of a run, and finds those before it that left no end mark. Throws the system's error where the folder cannot be written. */
export async function openRun(options: RunOptions): Promise<{ readonly log: RunLog; readonly spool: Spool }> {
  const { folder, now = wallClockMs, onMessage: tell = () => undefined } = options;
  await makeFolder(folder);
  const owner = { run: secretBytes(8).toString("hex"), beganMs: now() };
  const spool = openSpool({ ...owner, folder, limits: options, tell });
  const file = beginRun(folder, { ...owner, process: await processMark() });
  await findCrashes({ folder, run: owner.run, spool, now, tell });
  return { log: runLog({ run: owner.run, spool, file, now, tell }), spool };
}

interface Parts {
  readonly run: string;
  readonly spool: Spool;
  readonly file: RunFile;
  readonly now: () => number;
  readonly tell: (message: string) => void;
}

function runLog({ run, spool, file, now, tell }: Parts): RunLog {
  const open = new Map<string, OpenAssignment>();
  let assignments = 0;
  let events = 0;
  let ended = false;

  function guarded(work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      tell(`the log of this run cannot be written: ${messageOf(error)}`);
      return false;
    }
  }
  function add(line: Parameters<RunFile["add"]>[0]): boolean {
    return guarded(() => file.add(line, newest));
  }
  function newest(): OpenAssignment[] {
    for (const key of [...open.keys()].slice(0, -KEPT)) open.delete(key);
    return [...open.values()];
  }
  function mark(which: RunMark): void {
    if (!ended) add({ time: now(), mark: which });
  }
  function tellEnd(fields: EventFields): boolean {
    return spool.add(eventLine({ id: `${run}-e${events++}`, time: now(), type: "end" }, fields));
  }
  function end(): void {
    if (ended) return;
    clearInterval(touching);
    process.removeListener("exit", atExit);
    mark("end");
    ended = true;
    for (const { fields } of open.values()) tellEnd(fields);
    if (spool.sync()) guarded(() => file.remove());
  }
  /** The code of an uncaught exception is another. */
  function atExit(code: number): void {
    if (code === 0) end();
  }
  const touching = setInterval(() => guarded(() => file.touch(now())), TOUCH_MS).unref();
  process.once("exit", atExit);
  return {
    async assigned(fields) {
      if (ended) return;
      if (!open.has(keyOf(fields))) {
        const one = { fields, number: assignments++, time: now() };
        open.set(keyOf(fields), one);
        if (!add({ time: one.time, assigned: { ...fields }, number: one.number })) return void open.delete(keyOf(fields));
        spool.add(eventLine({ id: exposureId(run, one.number), time: one.time, type: "exposure" }, fields));
      }
      await file.sync().catch((error: unknown) => tell(`an assignment may not be on disk: ${messageOf(error)}`));
    },
    metric(fields, metric, value, more = {}) {
      if (ended || !EVENT_NAME.test(metric) || ![value, more.denominator ?? 1].every(isAmount)) return false;
      return spool.add(eventLine({ id: `${run}-m${events++}`, time: now(), type: "metric" }, fields, { metric, value, ...more }));
    },
    running: () => mark("running"),
    paused() {
      mark("paused");
      spool.sync();
    },
    endUnit(fields) {
      const one = open.get(keyOf(fields));
      if (ended || one === undefined) return false;
      open.delete(keyOf(fields));
      return add({ time: now(), ended: one.number }) && tellEnd(fields);
    },
    end,
  };
}

/** Servers take no other. */
function isAmount(value: number): boolean {
  return Math.abs(value) <= MOST_VALUE;
}

/** Whichever pair is told with it. */
function keyOf({ experiment, useCase, phase, arm, unit, flavor, seed }: EventFields): string {
  return [experiment, useCase, phase, arm, unit, flavor, seed].join("\n");
}
