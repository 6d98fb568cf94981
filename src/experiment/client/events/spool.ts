/** Owns events that wait on disk: segments of lines, one batch each, the oldest dropped when they take too much. */
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { messageOf } from "../../../support/errors.js";
import { type LineFile, openLines } from "./line-file.js";
import { runsIn, segmentName, segmentsIn } from "./names.js";

export interface SpoolLimits {
  /** Of one segment, which is one batch. Default 64 KiB. */
  readonly segmentBytes?: number;
  /** Of all; beyond it the oldest are dropped and counted. Default 4 MiB. */
  readonly totalBytes?: number;
}

export interface Spool {
  /** A whole line. False where the disk did not take it: it is counted as dropped. */
  readonly add: (line: string) => boolean;
  /** What was added is on the disk itself then; false where it may not be. */
  readonly sync: () => boolean;
  /** Ends the segment that is written to; names of what can be sent, oldest first. Segments that another process writes to are left out. */
  readonly ready: () => readonly string[];
  /** Whole lines; what a crash cut off behind them was never promised. Empty where there is nothing to send. */
  readonly read: (name: string) => string;
  readonly remove: (name: string) => void;
  /** Counts events that are lost. */
  readonly drop: (events: number) => void;
  /** So far, in this folder. */
  readonly dropped: () => number;
}

export interface SpoolOwner {
  readonly folder: string;
  readonly run: string;
  readonly beganMs: number;
  readonly limits: SpoolLimits;
  readonly tell: (message: string) => void;
}

export function openSpool({ folder, run, beganMs, limits, tell }: SpoolOwner): Spool {
  const { segmentBytes = 65_536, totalBytes = 4_194_304 } = limits;
  let current: LineFile | undefined;
  let number = 0;

  function pathOf(name: string): string {
    return join(folder, name);
  }
  function close(): void {
    sync();
    current?.close();
    current = undefined;
  }
  function sync(): boolean {
    try {
      current?.syncNow();
      return true;
    } catch (error) {
      tell(`events may not be on disk: ${messageOf(error)}`);
      return false;
    }
  }
  /** Before a new segment: the oldest go until one more fits. */
  function makeRoom(): void {
    const segments = segmentsIn(folder).map(({ name }) => ({ name, size: sizeOf(pathOf(name)) }));
    let total = segmentBytes + segments.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of segments) {
      if (total <= totalBytes) return;
      const lost = countLines(read(name));
      rmSync(pathOf(name), { force: true });
      total -= size;
      drop(lost);
    }
  }
  function read(name: string): string {
    const text = readIfThere(pathOf(name));
    return text.slice(0, text.lastIndexOf("\n") + 1);
  }
  function drop(events: number): void {
    try {
      writeFileSync(pathOf("events-dropped"), `${dropped() + events}\n`, { mode: 0o600 });
    } catch (error) {
      tell(`${events} events were dropped: ${messageOf(error)}`);
    }
  }
  function dropped(): number {
    return Number.parseInt(readIfThere(pathOf("events-dropped")), 10) || 0;
  }
  return {
    add(line) {
      try {
        // Another process that needed room may have dropped it.
        if (current !== undefined && (current.size() + line.length > segmentBytes || !current.hasName())) close();
        if (current === undefined) {
          makeRoom();
          current = openLines(pathOf(segmentName(beganMs, run, number++)));
        }
        current.append(line);
        return true;
      } catch (error) {
        tell(`an event cannot be kept: ${messageOf(error)}`);
        current?.close();
        current = undefined;
        drop(1);
        return false;
      }
    },
    sync,
    ready() {
      close();
      const segments = segmentsIn(folder);
      // Listed behind the segments: a process that begins meanwhile has its run file before it has a segment.
      const alive = new Set(runsIn(folder).map((one) => one.run));
      return segments.filter((one) => one.run === run || !alive.has(one.run)).map(({ name }) => name);
    },
    read,
    remove: (name) => rmSync(pathOf(name), { force: true }),
    drop,
    dropped,
  };
}

/** A last one without its line feed is none. */
export function countLines(text: string): number {
  return text.split("\n").length - 1;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
