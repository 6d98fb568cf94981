/** Owns the progress of an isolation over all its parts, as events. */
import { emit } from "../../support/bus.js";
import type { Told } from "./part-local.js";

/** Gives the listener of each part; `files` is the tree's number, each counts once read and once written. */
export function tellProgress(files: number, parts: number): (part: number) => Told {
  const read = Array.from({ length: parts }, () => 0);
  const written = [...read];
  return (part) => (pass, done) => {
    (pass === "read" ? read : written)[part] = done;
    emit({ type: "progress", label: LABEL, done: Math.min(files * 2, sum(read) + sum(written)), total: files * 2, unit: "steps" });
  };
}

function sum(list: readonly number[]): number {
  return list.reduce((a, b) => a + b, 0);
}

/** Tells that the isolation is over. */
export function endProgress(): void {
  emit({ type: "progress:end", label: LABEL });
}

const LABEL = "isolating";
