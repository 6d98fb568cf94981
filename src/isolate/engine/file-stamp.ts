/** Owns the stamp by which a file is known to be the one that an earlier run saw. */
import { lstatSync, type Stats } from "node:fs";

/** Size, times of content and of inode in ms, inode, type and permission bits. */
export type FileStamp = readonly [size: number, mtimeMs: number, ctimeMs: number, ino: number, mode: number];

export const STAMP_NUMBERS = 5;

/** Of a file that is not there. */
export const NO_STAMP: FileStamp = [-1, 0, 0, 0, 0];

export function stampOf({ size, mtimeMs, ctimeMs, ino, mode }: Stats): FileStamp {
  return [size, mtimeMs, ctimeMs, ino, mode];
}

/** The stamp of what lies at `path`, links not followed. */
export function stampAt(path: string): FileStamp {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined ? NO_STAMP : stampOf(stats);
}

/**
 * A file that changes again within one tick of the file system's clock keeps its times: a stamp whose times are that
 * close to `now` (ms, of the same clock) is replaced by one that no file has. Clocks without fractions tick in seconds.
 */
export function settled(stamp: FileStamp, now: number): FileStamp {
  const [, mtimeMs, ctimeMs] = stamp;
  const tick = ctimeMs % 1000 === 0 ? 2100 : 20;
  return Math.max(mtimeMs, ctimeMs) > now - tick ? NO_STAMP : stamp;
}

/** The stamp kept at `index`. */
export function stampIn(kept: Float64Array, index: number): FileStamp {
  const at = index * STAMP_NUMBERS;
  const [size = -1, mtimeMs = 0, ctimeMs = 0, ino = 0, mode = 0] = kept.subarray(at, at + STAMP_NUMBERS);
  return [size, mtimeMs, ctimeMs, ino, mode];
}

/** Whether the stamp is the one kept at `index`. */
export function isStampAt(kept: Float64Array, index: number, stamp: FileStamp): boolean {
  const at = index * STAMP_NUMBERS;
  return stamp[0] >= 0 && stamp.every((number, offset) => kept[at + offset] === number);
}
