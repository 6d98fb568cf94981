/** Owns the question what a path holds: which kind of collection of patches, or which kind of single file. */
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

import { UnforkError, fileError } from "../../../support/errors.js";
import { byText } from "../../../support/order.js";
import { type PatchFileKind, patchFileKind } from "../read-patch-file.js";

export type CollectionKind =
  /** A `series` file beside its patches. */
  | "quilt"
  /** A `.patches` file beside its patches. */
  | "electron"
  /** Mozilla's numbered stack: `0001.patch`, `s0001.patch`, markers `….no-op-cherry-pick-msg`. */
  | "mozilla"
  /** Patch files with numbers before their names, as `git format-patch` writes them, or files of which no two change one file. */
  | "folder"
  | PatchFileKind;

export interface Detected {
  readonly kind: CollectionKind;
  /** The folder with the patches, or the file. */
  readonly path: string;
}

export const MOZILLA_PATCH = /^[a-z]?\d{4,}\.patch$/;
export const NO_OP_MARKER = /^([0-9a-f]{7,64})\.no-op-cherry-pick-msg$/;
export const NUMBERED_PATCH = /^v?\d+[-_.].*\.(?:patch|diff|eml)$/;

/** Says what `path` is. Throws `input-missing`, or `input-invalid` with what would be taken. */
export async function detectCollection(path: string): Promise<Detected> {
  if (await isFolder(path)) return detectFolder(path);
  return { kind: await fileKind(path), path };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw fileError("read", path, error);
  }
}

async function fileKind(path: string): Promise<PatchFileKind> {
  const content = await readFile(path).catch((error: unknown) => {
    throw fileError("read", path, error);
  });
  const lines = content.toString("latin1").split("\n");
  const known = lines.some((line) => /^(?:diff --git |--- |Index: |From [0-9a-f]{7,64} |# HG changeset patch|GIT binary patch)/.test(line));
  if (!known) throw notPatches(path, "no patch in this file");
  return patchFileKind(lines);
}

async function detectFolder(folder: string): Promise<Detected> {
  const names = (await readdir(folder)).toSorted(byText);
  if (names.includes("series")) return { kind: "quilt", path: folder };
  if (names.includes(".patches")) return { kind: "electron", path: folder };
  const below = ["patches", "debian"].filter((name) => names.includes(name));
  const patches = names.filter((name) => /\.(?:patch|diff|eml)$/.test(name));
  if (names.some((name) => NO_OP_MARKER.test(name)) || (patches.length > 0 && patches.every((name) => MOZILLA_PATCH.test(name))))
    return { kind: "mozilla", path: folder };
  if (patches.length > 0) return { kind: "folder", path: folder };
  for (const name of below) {
    const found = await seriesBelow(join(folder, name));
    if (found !== undefined) return found;
  }
  throw notPatches(folder, "no patches in this folder", await collectionsBelow(folder, names));
}

/** A project's own folder: quilt's patches lie in `patches/`, Debian's in `debian/patches/`. */
async function seriesBelow(folder: string): Promise<Detected | undefined> {
  if (!(await isFolder(folder))) return undefined;
  const names = await readdir(folder);
  if (names.includes("series")) return { kind: "quilt", path: folder };
  return names.includes("patches") ? seriesBelow(join(folder, "patches")) : undefined;
}

/** Folders right below that are lists of patches; Electron has one for each repository. */
async function collectionsBelow(folder: string, names: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of names) {
    const listed = await readdir(join(folder, name)).catch((): string[] => []);
    if (listed.includes("series") || listed.includes(".patches")) found.push(name);
  }
  return found;
}

function notPatches(path: string, message: string, below: readonly string[] = []): UnforkError {
  const inside = `name one of the folders in it: ${below.join(", ")}`;
  return new UnforkError("input-invalid", `${path}: ${message}`, {
    hint:
      below.length > 0
        ? inside
        : "name a folder with a `series` or `.patches` file, a numbered stack, a mailbox, or a file that `git format-patch` or `diff -u` wrote",
    context: { path },
  });
}
