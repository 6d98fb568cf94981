/** Owns the names of files that events wait in: other than those of the client in C++, which may have the same folder. */
import { readdirSync } from "node:fs";

const RUN = /^events-run-\d{13}-(?<run>[0-9a-f]{16})\.ndjson$/;
const SEGMENT = /^events-\d{13}-(?<run>[0-9a-f]{16})-\d{6}\.ndjson$/;

export interface NamedFile {
  readonly name: string;
  readonly run: string;
}

/** Of a process that began at that time. */
export function runName(beganMs: number, run: string): string {
  return `events-run-${String(beganMs).padStart(13, "0")}-${run}.ndjson`;
}

export function segmentName(beganMs: number, run: string, number: number): string {
  return `events-${String(beganMs).padStart(13, "0")}-${run}-${String(number % 1_000_000).padStart(6, "0")}.ndjson`;
}

/** Oldest first. Throws the system's error. */
export function runsIn(folder: string): NamedFile[] {
  return named(folder, RUN);
}

/** Oldest first. Throws the system's error. */
export function segmentsIn(folder: string): NamedFile[] {
  return named(folder, SEGMENT);
}

function named(folder: string, shape: RegExp): NamedFile[] {
  const names = readdirSync(folder).toSorted();
  return names.flatMap((name) => {
    const run = shape.exec(name)?.groups?.["run"];
    return run === undefined ? [] : [{ name, run }];
  });
}
