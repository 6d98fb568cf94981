/** Owns what a revert does with every entry of a tree: which record leads back, under which path it ends. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { fileError } from "../../support/errors.js";
import type { Tree } from "../engine/tree-files.js";
import type { Journal, JournalEntry, JournalStep } from "./journal-file.js";
import { shortDigest } from "./original-bytes.js";
import { createRevertFile, type RevertedFile } from "./revert-file.js";

/** One file of the tree as it will be. */
export interface PlannedFile extends RevertedFile {
  /** Where it is now, and where it ends; relative to the tree. */
  readonly from: string;
  readonly to: string;
  readonly mode: number;
  /** Whether bytes differ from those on disk. */
  readonly changed: boolean;
  /** `known`: the journal speaks of it; `moved`: of the same bytes under another path; `new`: not at all. */
  readonly origin: "known" | "moved" | "new";
  /** For a moved file: where isolation had put it. */
  readonly before: string | undefined;
}

export interface RevertPlan {
  readonly files: () => Generator<PlannedFile>;
  /** Path now, path then, target then. */
  readonly links: readonly { readonly from: string; readonly to: string; readonly target: string }[];
  readonly folders: readonly string[];
  readonly deleted: readonly string[];
  /** Files that isolation added and nobody changed: they go. */
  readonly dropped: readonly string[];
}

/** Plans the way back of a listed tree. The files are read one by one, as they are asked for. */
export function planRevert(root: string, { files, folders }: Tree, journal: Journal): RevertPlan {
  const regular = files.filter(({ link }) => link === undefined).map(({ path }) => path);
  const dropped = unchangedAdditions(root, regular, journal);
  const back = pathsBack(journal);
  const here = new Set(regular);
  const entries = new Map(journal.files.map((entry) => [entry.path, entry]));
  const gone = journal.files.filter(({ path }) => !here.has(path));
  const isGone = new Set(dropped);
  const moved = movedFiles(
    root,
    gone,
    regular.filter((path) => !entries.has(path) && !isGone.has(path)),
  );
  const cameFrom = new Set([...moved.values()].map(({ path }) => path));
  const revert = createRevertFile(journal);
  function* planned(): Generator<PlannedFile> {
    for (const from of regular) {
      if (isGone.has(from)) continue;
      const entry = entries.get(from) ?? moved.get(from);
      const origin = entries.has(from) ? "known" : entry === undefined ? "new" : "moved";
      yield {
        ...planFile(root, from, entry?.steps ?? [], revert),
        from,
        to: back(from),
        origin,
        before: origin === "moved" ? entry?.path : undefined,
      };
    }
  }
  return {
    files: planned,
    links: files.flatMap(({ path, link }) =>
      link === undefined ? [] : [{ from: path, to: back(path), target: targetBack(journal, path, link) }],
    ),
    folders: [...new Set(folders.map(back))].toSorted(),
    deleted: gone.map(({ path }) => path).filter((path) => !cameFrom.has(path)),
    dropped,
  };
}

function planFile(root: string, path: string, steps: readonly JournalStep[], revert: ReturnType<typeof createRevertFile>) {
  const { bytes, mode } = readWhole(root, path);
  const reverted = revert(path, bytes, steps);
  return { ...reverted, mode, changed: !reverted.bytes.equals(bytes) };
}

function readWhole(root: string, path: string): { bytes: Buffer; mode: number } {
  try {
    const bytes = readFileSync(join(root, path));
    return { bytes, mode: statSync(join(root, path)).mode & 0o777 };
  } catch (error) {
    throw fileError("read", join(root, path), error);
  }
}

function unchangedAdditions(root: string, regular: readonly string[], { added }: Journal): string[] {
  const digests = new Map(added);
  return regular.filter((path) => digests.has(path) && shortDigest(readWhole(root, path).bytes).toString("hex") === digests.get(path));
}

/** Entries of the journal whose file is gone, by the new file that has their bytes; each entry once, in the order of paths. */
function movedFiles(root: string, gone: readonly JournalEntry[], fresh: readonly string[]): Map<string, JournalEntry> {
  const found = new Map<string, JournalEntry>();
  if (gone.length === 0) return found;
  const byDigest = new Map<string, JournalEntry[]>();
  for (const entry of gone) {
    const digest = entry.steps[0]?.sha256.toString("hex") ?? "";
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), entry]);
  }
  for (const path of fresh) {
    const entry = byDigest.get(shortDigest(readWhole(root, path).bytes).toString("hex"))?.shift();
    if (entry !== undefined) found.set(path, entry);
  }
  return found;
}

/** Paths of the result as they were: whole paths first, else the longest folder that isolation renamed. */
function pathsBack({ moves }: Journal): (path: string) => string {
  const back = new Map(moves.map(([before, after]) => [after, before]));
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
      const before = back.get(path.slice(0, end));
      if (before !== undefined) return before + path.slice(end);
    }
    return path;
  };
}

/** A link whose target isolation changed points back, unless it was changed again since. */
function targetBack({ links }: Journal, path: string, target: string): string {
  const known = links.find(([link, , after]) => link === path && after === target);
  return known === undefined ? target : known[1];
}
