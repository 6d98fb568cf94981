/** Owns the file of a run: what this process assigned and how far it is, for the next one to find when this one leaves no end mark. */
import { renameSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";

import { type LineFile, openLines } from "./line-file.js";
import { runName } from "./names.js";
import type { OpenAssignment, RunLine, RunMark } from "./run-story.js";

/** Beyond it the file is written anew. */
const LARGEST = 8 * 1024 * 1024;

export interface RunFile {
  /** Adds a line. When the file has grown too large, it is written anew with what `kept` gives: open assignments, that of the line too. */
  readonly add: (line: RunLine, kept: () => readonly OpenAssignment[]) => void;
  readonly sync: () => Promise<void>;
  /** Says that the process lives. */
  readonly touch: (nowMs: number) => void;
  readonly remove: () => void;
}

/** The file has its first line before it has its name: nobody takes a run that begins for one that has ended. Throws the system's error. */
export function beginRun(folder: string, { run, process, beganMs }: { run: string; process: string; beganMs: number }): RunFile {
  const path = join(folder, runName(beganMs, run));
  let state: { readonly mark?: RunMark } = {};
  let file = writeAnew(beganMs, []);

  function writeAnew(time: number, open: readonly OpenAssignment[]): LineFile {
    const unnamed = `${path}.tmp`;
    rmSync(unnamed, { force: true });
    const lines: RunLine[] = [{ time, process }, ...open.map((one) => ({ time: one.time, assigned: one.fields, number: one.number }))];
    if (state.mark !== undefined) lines.push({ time, mark: "running" }, { time, mark: state.mark });
    const made = openLines(unnamed, "ax");
    made.append(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    made.syncNow();
    renameSync(unnamed, path);
    return made;
  }
  return {
    add(line, kept) {
      if ("mark" in line) state = { mark: line.mark };
      file.append(`${JSON.stringify(line)}\n`);
      if (file.size() <= LARGEST) return;
      const old = file;
      file = writeAnew(line.time, kept());
      old.close();
    },
    sync: () => file.sync(),
    touch: (nowMs) => utimesSync(path, nowMs / 1000, nowMs / 1000),
    remove() {
      file.close();
      rmSync(path, { force: true });
    },
  };
}
