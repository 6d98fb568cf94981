/** Owns a tree while it is written: files at once, links last, and the digest over all of it. */
import { createHash } from "node:crypto";
import { closeSync, copyFileSync, constants, mkdirSync, openSync, symlinkSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";

import { UnforkError, fileError, systemCodeOf } from "../support/errors.js";
import type { EntryWriter } from "./tar-stream.js";
import { digestOf, type TreeEntry } from "./tree-digest.js";

/** A written tree; `leftOut` are symbolic links that lead outside it. */
export interface WrittenTree {
  readonly digest: string;
  readonly files: number;
  readonly bytes: number;
  readonly leftOut: readonly string[];
}

export interface TreeWriter {
  /** Opens a file for its bytes. Writes are synchronous: small files cost less so than through a thread pool. */
  file(path: string, executable: boolean): EntryWriter;
  symlink(path: string, target: string): void;
  hardlink(path: string, target: string): void;
  paths(): string[];
  /** Makes the links and sums up, with each path told as `rename` gives it. */
  finish(rename?: (path: string) => string): WrittenTree;
  /** Lets go of what is still open, after a failure. */
  abandon(): void;
}

/** Writes below `folder`; `name` is the source's, for messages. Files become read-only (0444, or 0555 when executable). */
export function createTreeWriter(folder: string, name: string): TreeWriter {
  const entries = new Map<string, TreeEntry>();
  const made = new Set<string>();
  const symlinks = new Map<string, string>();
  const hardlinks = new Map<string, string>();
  const open = new Set<number>();

  function claim(path: string): string {
    if (path.includes("\uFFFD")) throw invalid(name, `holds a file name that is not UTF-8: ${path}`);
    if (entries.has(path) || symlinks.has(path) || hardlinks.has(path)) throw invalid(name, `holds the same path twice: ${path}`);
    const target = join(folder, path);
    const parent = dirname(target);
    if (made.has(parent)) return target;
    writing(name, path, () => mkdirSync(parent, { recursive: true }));
    made.add(parent);
    return target;
  }

  function file(path: string, executable: boolean): EntryWriter {
    const target = claim(path);
    const mode = executable ? "100755" : "100644";
    const descriptor = writing(name, path, () => openSync(target, "wx", executable ? 0o555 : 0o444));
    open.add(descriptor);
    const hash = createHash("sha256");
    let size = 0;
    entries.set(path, { path, mode, sha256: "", size: 0 });
    return {
      write: (piece) => {
        hash.update(piece);
        size += piece.length;
        writing(name, path, () => writeAll(descriptor, piece));
      },
      end: () => {
        open.delete(descriptor);
        writing(name, path, () => closeSync(descriptor));
        entries.set(path, { path, mode, sha256: hash.digest("hex"), size });
      },
    };
  }

  function copyHardlinks(): void {
    for (const [path, target] of hardlinks) {
      const original = entries.get(target);
      if (original === undefined) throw invalid(name, `holds a hard link to a file that is not kept: ${path} to ${target}`);
      writing(name, path, () => copyFileSync(join(folder, target), join(folder, path), constants.COPYFILE_EXCL));
      entries.set(path, { ...original, path });
    }
  }

  function makeSymlinks(rename: (path: string) => string): string[] {
    const leftOut: string[] = [];
    for (const [path, target] of symlinks) {
      if (!staysInside(rename(path), target)) {
        leftOut.push(rename(path));
        continue;
      }
      writing(name, path, () => symlinkSync(target, join(folder, path)));
      entries.set(path, { path, mode: "120000", sha256: createHash("sha256").update(target).digest("hex"), size: 0 });
    }
    return leftOut.toSorted();
  }

  function finish(rename: (path: string) => string = (path) => path): WrittenTree {
    copyHardlinks();
    const leftOut = makeSymlinks(rename);
    const renamed = [...entries.values()].map(({ path, mode, sha256, size }) => ({ path: rename(path), mode, sha256, size }));
    return { ...digestOf(renamed), leftOut };
  }

  return {
    file,
    symlink: (path, target) => void symlinks.set((claim(path), path), target),
    hardlink: (path, target) => void hardlinks.set((claim(path), path), target),
    paths: () => [...entries.keys(), ...symlinks.keys(), ...hardlinks.keys()],
    finish,
    abandon: () => open.forEach((descriptor) => closeSync(descriptor)),
  };
}

/**
 * Whether a link's target lies in the tree. ".." counts only at the target's beginning: after a name it could
 * climb out of whatever that name is itself a link to.
 */
export function staysInside(path: string, target: string): boolean {
  if (target.startsWith("/") || target === "") return false;
  const parts = target.split("/").filter((part) => part !== "" && part !== ".");
  const up = parts.findIndex((part) => part !== "..");
  const climbs = up === -1 ? parts.length : up;
  return climbs < path.split("/").length && !parts.slice(climbs).includes("..");
}

function writeAll(descriptor: number, piece: Buffer): void {
  let at = 0;
  while (at < piece.length) at += writeSync(descriptor, piece, at);
}

function writing<T>(name: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === "EEXIST" || code === "ENOTDIR" || code === "EISDIR") throw invalid(name, `holds ${path} both as a file and as a folder`);
    throw fileError("write", path, error);
  }
}

function invalid(name: string, what: string): UnforkError {
  return new UnforkError("archive-invalid", `${name} ${what}`, {
    hint: "narrow the release's 'keep' so that this part is left out, or take another source",
    context: { source: name },
  });
}
