/** Owns the name of a change that stays the same when it is made elsewhere: what `git patch-id --stable` computes. */
import { createHash } from "node:crypto";

import type { ByteString } from "./bytes.js";

const SPACE = /[ \t\n\r]/g;

interface Progress {
  hash: ReturnType<typeof createHash>;
  readonly sum: Buffer;
  /** Lines of the hunk still to come on both sides; -1 in the head of a file. */
  old: number;
  next: number;
  binary: boolean;
  length: number;
  ids: string;
}

/**
 * The stable patch id of a difference as `git diff-tree -p` writes it: SHA-1 of each file's head and lines without
 * white space and positions, summed over the files. Null where nothing is changed. See git-patch-id(1).
 */
export function patchId(text: ByteString): string | null {
  const progress: Progress = {
    hash: createHash("sha1"),
    sum: Buffer.alloc(20),
    old: -1,
    next: -1,
    binary: false,
    length: 0,
    ids: "",
  };
  for (const line of text.split("\n")) takeLine(progress, line);
  if (progress.length === 0) return null;
  flush(progress);
  return progress.sum.toString("hex");
}

function takeLine(progress: Progress, line: string): void {
  if (line.startsWith("\\ ") || (progress.length === 0 && !line.startsWith("diff "))) return;
  if (progress.old === -1 && takeHead(progress, line)) return;
  if (progress.binary) {
    if (!line.startsWith("diff ")) return;
    progress.binary = false;
    progress.old = -1;
    return;
  }
  if (progress.old === 0 && progress.next === 0) {
    const counts = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/.exec(line);
    if (counts !== null) {
      progress.old = Number(counts[1] ?? 1);
      progress.next = Number(counts[2] ?? 1);
      return;
    }
    if (!line.startsWith("diff ")) return;
    flush(progress);
    progress.old = -1;
    progress.next = -1;
  }
  if (line.startsWith("-") || line.startsWith(" ")) progress.old--;
  if (line.startsWith("+") || line.startsWith(" ")) progress.next--;
  const bare = line.replaceAll(SPACE, "");
  progress.length += bare.length;
  progress.hash.update(bare, "latin1");
}

/** Whether nothing else is to be done with this line of a file's head. */
function takeHead(progress: Progress, line: string): boolean {
  if (line.startsWith("GIT binary patch") || line.startsWith("Binary files")) {
    progress.binary = true;
    progress.old = 0;
    progress.hash.update(progress.ids, "latin1");
    flush(progress);
    return true;
  }
  const index = /^index ([0-9a-f]+)\.\.([0-9a-f]+)/.exec(line);
  if (index !== null) {
    progress.ids = `${index[1] ?? ""}${index[2] ?? ""}`;
    return true;
  }
  if (line.startsWith("--- ")) {
    progress.old = 1;
    progress.next = 1;
  }
  return false;
}

/** Adds the hash of what came since, as a number of 20 bytes, the lowest first. */
function flush(progress: Progress): void {
  const part = progress.hash.digest();
  progress.hash = createHash("sha1");
  let carry = 0;
  for (let at = 0; at < 20; at++) {
    carry += (progress.sum[at] ?? 0) + (part[at] ?? 0);
    progress.sum[at] = carry & 0xff;
    carry >>= 8;
  }
}
