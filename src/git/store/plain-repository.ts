/** Owns the question whether a git directory is of the usual form; see gitrepository-layout(5). */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** With objects and refs of its own (no linked work tree), refs as files, and ids of SHA-1. */
export function isPlainRepository(folder: string): boolean {
  if (!["HEAD", "objects", "refs", "config"].every((name) => existsSync(join(folder, name)))) return false;
  return !existsSync(join(folder, "commondir")) && !/objectformat|refstorage/i.test(readFileSync(join(folder, "config"), "latin1"));
}

/** Whether objects stand in the place of others (git-replace(1)). `common`: the git directory that all work trees share. */
export function replacesObjects(common: string): boolean {
  if (existsSync(join(common, "refs", "replace"))) return true;
  // Other ways to keep refs are not read here, so that it cannot be told.
  const config = join(common, "config");
  if (existsSync(config) && /refstorage/i.test(readFileSync(config, "latin1"))) return true;
  const packed = join(common, "packed-refs");
  return existsSync(packed) && readFileSync(packed, "latin1").includes(" refs/replace/");
}

/** Whether commits have the parents that they name: no history is cut off, none is grafted on. */
export function hasWholeHistory(folder: string): boolean {
  return isPlainRepository(folder) && !existsSync(join(folder, "shallow")) && !existsSync(join(folder, "info", "grafts"));
}
