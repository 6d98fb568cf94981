/** Owns the question on which earlier patches in conflict a patch builds: those whose lines its own edits touch. */
import type { ByteString } from "../../git/bytes.js";
import type { Repository } from "../../git/git.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { type Edits, editKey, editsOf } from "./edits.js";
import { type OwnedLines, ownedLines } from "./line-owners.js";

/** How near an edit has to come: right beside, then within git's context, then anywhere in the file. */
const REACHES: readonly number[] = [1, 3, 1_000_000];

/** What a patch in conflict needs of earlier ones, by path in the patch. */
export interface Leaning {
  readonly patch: StackPatch;
  readonly paths: readonly ByteString[];
}

/**
 * Per patch, in the order of the stack. `affected`: all patches that have to do with those in conflict; `leanings`: one for each in
 * conflict.
 */
export async function needsOf(
  repository: Repository,
  affected: readonly StackPatch[],
  leanings: readonly Leaning[],
): Promise<Map<StackPatch, StackPatch[]>> {
  const edits = leanings.some(({ paths }) => paths.length > 0) ? await editsOf(repository, affected) : new Map();
  const leaningOf = new Map(leanings.map((leaning) => [leaning.patch, leaning]));
  const files = new Map<ByteString, OwnedLines<StackPatch>>();
  const earlier: StackPatch[] = [];
  const needs = new Map<StackPatch, StackPatch[]>();
  for (const patch of affected) {
    const leaning = leaningOf.get(patch);
    if (leaning !== undefined) {
      const found = new Set(leaning.paths.flatMap((path) => [...neededIn(files, edits, earlier, patch, path)]));
      needs.set(
        patch,
        earlier.filter((one) => found.has(one)),
      );
      earlier.push(patch);
    }
    for (const { path, before, after } of patch.changes) {
      const lines = files.get(path) ?? ownedLines<StackPatch>();
      files.set(path, lines);
      lines.apply(edits.get(editKey(before?.id ?? null, after?.id ?? null)) ?? [], leaning === undefined ? null : patch);
    }
  }
  return needs;
}

function neededIn(
  files: ReadonlyMap<ByteString, OwnedLines<StackPatch>>,
  edits: Edits,
  earlier: readonly StackPatch[],
  patch: StackPatch,
  path: ByteString,
): Iterable<StackPatch> {
  const change = patch.changes.find((one) => one.path === path);
  const own = edits.get(editKey(change?.before?.id ?? null, change?.after?.id ?? null)) ?? [];
  for (const reach of REACHES) {
    const found = files.get(path)?.around(own, reach);
    if (found !== undefined && found.size > 0) return found;
  }
  // Its mode, a binary file, or a folder that came or went: the last one that had to do with it.
  const last = earlier.findLast(({ changes }) => changes.some((one) => touches(one.path, path)));
  return last === undefined ? [] : [last];
}

/** The same path, or one is a folder of the other. */
function touches(a: ByteString, b: ByteString): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
