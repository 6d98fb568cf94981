/**
 * Owns a file that lines are added to. Lines are with the system when `append` returns, without a wait in between, so that whatever ends the
 * process right behind it loses none; they are on the disk itself when `sync` resolves.
 */
import { closeSync, fdatasync, fdatasyncSync, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { promisify } from "node:util";

export interface LineFile {
  readonly size: () => number;
  /** A whole line, or nothing of it. Throws the system's error. */
  readonly append: (line: string) => void;
  /** Lines that come while others are being synced are synced together. */
  readonly sync: () => Promise<void>;
  readonly syncNow: () => void;
  /** False when another process has removed it. */
  readonly hasName: () => boolean;
  /** A sync that goes on is waited for. */
  readonly close: () => void;
}

/** Made where it is missing, readable by its owner. Throws the system's error. */
export function openLines(path: string, flags: "a" | "ax" = "a"): LineFile {
  const fd = openSync(path, flags, 0o600);
  let size = fstatSync(fd).size;
  let syncing: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let closed = false;

  async function syncOnce(): Promise<void> {
    await syncing?.catch(() => undefined);
    syncing = next;
    next = undefined;
    if (!closed) await promisify(fdatasync)(fd);
  }
  return {
    size: () => size,
    append(line) {
      const bytes = Buffer.from(line);
      try {
        for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
        size += bytes.length;
      } catch (error) {
        ftruncateSync(fd, size);
        throw error;
      }
    },
    sync() {
      next ??= Promise.resolve().then(syncOnce);
      return next;
    },
    syncNow: () => fdatasyncSync(fd),
    hasName: () => fstatSync(fd).nlink > 0,
    close() {
      if (closed) return;
      closed = true;
      if (syncing === undefined) return closeSync(fd);
      void syncing.catch(() => undefined).finally(() => closeSync(fd));
    },
  };
}
