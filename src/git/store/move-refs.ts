/**
 * Owns the moving of refs without a process, by git's own protocol of locks (gitrepository-layout(5), `refs`): all locks are taken, then all
 * old values compared, then each lock takes its ref's name. Only where nothing of git's own would happen besides: no hook, no reflog.
 */
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

import { fileError } from "../../support/errors.js";
import type { RefUpdate } from "../refs.js";
import { isPlainRepository } from "./plain-repository.js";

/** Refs that nobody works on but us. */
const OURS = /^refs\/(?:unfork|notes)\/[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*$/;

/** Settings by which git does more than move a ref, or may: hooks elsewhere, other rights, syncing. */
const MORE = /hookspath|sharedrepository|fsync|include|worktreeconfig/i;

/** Whether `moveRefs` may be tried at all. */
export function mayMoveRefs(folder: string, updates: readonly RefUpdate[]): boolean {
  try {
    if (process.platform === "win32" || !isPlainRepository(folder) || existsSync(join(folder, "hooks", "reference-transaction")))
      return false;
    if (MORE.test(readFileSync(join(folder, "config"), "latin1"))) return false;
    const head = readFileSync(join(folder, "HEAD"), "latin1").trim();
    return updates.every(({ ref, next }) => {
      const isPlain = next !== null && OURS.test(ref) && !/\.lock(?:\/|$)/.test(ref);
      return isPlain && head !== `ref: ${ref}` && !existsSync(join(folder, "logs", ref));
    });
  } catch {
    return false;
  }
}

/** Moves all, or none and gives false: git then says what is in the way. Throws where the disk fails between two refs. */
export function moveRefs(folder: string, updates: readonly RefUpdate[]): boolean {
  const locks: string[] = [];
  let moved = 0;
  try {
    for (const { ref, next } of updates) {
      const lock = join(folder, `${ref}.lock`);
      mkdirSync(dirname(lock), { recursive: true });
      const file = openSync(lock, "wx", 0o666);
      locks.push(lock);
      writeSync(file, `${next}\n`);
      closeSync(file);
    }
    const packed = packedRefs(folder);
    if (updates.every((update) => isAtOld(folder, packed, update))) {
      for (const { ref } of updates) renameSync(locks[moved++] ?? "", join(folder, ref));
      return true;
    }
  } catch (error) {
    // Somebody else's lock, a folder in the way, no room: git tells it better.
    if (moved > 1) throw fileError("move a ref in", folder, error);
  }
  for (const lock of locks) rmSync(lock, { force: true });
  return false;
}

/** Nobody can change it any more: its lock is ours. */
function isAtOld(folder: string, packed: string, { ref, old }: RefUpdate): boolean {
  const path = join(folder, ref);
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there !== undefined) return there.isFile() && readFileSync(path, "latin1").trimEnd() === old;
  if (packed.includes(` ${ref}/`) || foldersOf(ref).some((above) => packed.includes(` ${above}\n`))) return false;
  const at = packed.indexOf(` ${ref}\n`);
  return (at < 0 ? null : packed.slice(at - 40, at)) === old;
}

/** `refs/a`, `refs/a/b` for `refs/a/b/c`: none of them may be a ref. */
function foldersOf(ref: string): string[] {
  const names = ref.split("/");
  return names.slice(2).map((_, at) => names.slice(0, at + 2).join("/"));
}

function packedRefs(folder: string): string {
  const path = join(folder, "packed-refs");
  return existsSync(path) ? readFileSync(path, "latin1") : "";
}
