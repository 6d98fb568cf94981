/** Owns the order of the output's times in trees whose build goes by it: `configure` must not look older than what it was made from. */
import { lstatSync, utimesSync } from "node:fs";
import { join } from "node:path";

import { fileError } from "../../support/errors.js";
import type { Tree, TreeFile } from "./tree-files.js";

/** Made from other files of the tree, and made again by `make` when these are newer (Autoconf, Automake, yacc, lex). */
const MADE = /(^|\/)(aclocal\.m4|configure|Makefile\.in)$|\.(y|yy|ypp|l|ll)$/;

/** Between two times of the sources; finer steps would be lost in the number that a time is. */
const STEP_MS = 0.01;

/** Whether the tree holds files that its build makes from others of it. */
export function buildsByTimes({ files }: Pick<Tree, "files">): boolean {
  return files.some(({ path }) => MADE.test(path));
}

/**
 * Gives the files written to `folder` times in the order of their sources' times, from `since` (ms since 1970) on: no object
 * that was built before is newer. Files that an earlier output shares keep theirs. Throws `disk`.
 */
export function keepTimeOrder(source: string, folder: string, files: readonly TreeFile[], since: number): void {
  const timed = files.filter(({ link }) => link === undefined).map((file) => ({ file, time: timeOf(join(source, file.path)) }));
  const ranks = new Map([...new Set(timed.map(({ time }) => time))].toSorted((a, b) => a - b).map((time, rank) => [time, rank]));
  for (const { file, time } of timed) {
    const target = join(folder, file.to ?? file.path);
    const seconds = (since + (ranks.get(time) as number) * STEP_MS) / 1000;
    try {
      if (lstatSync(target).nlink === 1) utimesSync(target, seconds, seconds);
    } catch (error) {
      throw fileError("write", target, error);
    }
  }
}

function timeOf(path: string): number {
  try {
    return lstatSync(path).mtimeMs;
  } catch (error) {
    throw fileError("read", path, error);
  }
}
