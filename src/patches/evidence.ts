/** Owns the evidence that upstream has a feature, or a part of it: which lines went and which of ours stand where. */
import { type Hunk, diffBlobs } from "../git/diff.js";
import { entryAt } from "../git/tree.js";
import type { Edit } from "../model/feature.js";
import type { Context } from "./context.js";
import { linesOf } from "./ed-apply.js";
import type { FeatureChange, LoadedFeature } from "./feature.js";
import { newPathOf } from "./moves.js";

/** Trees of the new release without and with the feature. */
export interface PortedTrees {
  readonly before: string;
  readonly after: string;
}

/** One sentence per change of each file that the merge left as upstream has it. */
export async function evidenceOf(context: Context, loaded: LoadedFeature, trees: PortedTrees): Promise<string[]> {
  const found: string[] = [];
  for (const change of loaded.changes) found.push(...(await evidenceFor(context, change, trees)));
  return found;
}

async function evidenceFor(context: Context, change: FeatureChange, trees: PortedTrees): Promise<string[]> {
  const { objects, from, to } = context;
  const path = (await newPathOf(context, change.path, trees.before)) ?? change.path;
  const before = await entryAt(objects, trees.before, path);
  const after = await entryAt(objects, trees.after, path);
  if (before?.id !== after?.id) return [];
  if (before === undefined) return [`${change.path}: ${to.id} no longer has this file`];
  if (change.kind === "add") return [`${path}: ${to.id} has this file with the same content`];
  const old = await entryAt(objects, from.tree, change.path);
  if (old === undefined) return [`${path}: ${to.id} has this part`];
  const hunks = await diffBlobs(objects.repository, old.id, before.id);
  const lines = linesOf(await objects.read(before.id, "blob"));
  return change.edits.edits.toReversed().map((edit) => `${path}: ${describeEdit(edit, hunks, lines, from.id, to.id)}`);
}

function describeEdit(edit: Edit, hunks: readonly Hunk[], lines: readonly string[], from: string, to: string): string {
  const parts: string[] = [];
  if (edit.op !== "append") parts.push(goneSentence(edit, hunks, from, to));
  const at = edit.lines.length === 0 ? undefined : placeOf(edit, hunks, lines);
  if (edit.lines.length > 0)
    parts.push(at === undefined ? `${to} says it in other words` : `our ${count(edit.lines.length)} stands at line ${at} of ${to}`);
  return parts.join("; ");
}

function goneSentence(edit: Edit, hunks: readonly Hunk[], from: string, to: string): string {
  const what = edit.from === edit.to ? `line ${edit.from} of ${from}` : `lines ${edit.from}–${edit.to} of ${from}`;
  return `${what} ${edit.from === edit.to ? "is" : "are"} ${isCovered(edit, hunks) ? "gone from" : "superseded in"} ${to}`;
}

function count(lines: number): string {
  return lines === 1 ? "line" : `block of ${lines} lines`;
}

/** Whether upstream's own difference takes away every line of the range. */
function isCovered(edit: Edit, hunks: readonly Hunk[]): boolean {
  for (let line = edit.from; line <= edit.to; line++) {
    if (!hunks.some((hunk) => line >= hunk.oldStart && line < hunk.oldStart + hunk.oldCount)) return false;
  }
  return true;
}

/** The line where our lines stand one after the other, the nearest to where the edit would fall. */
function placeOf(edit: Edit, hunks: readonly Hunk[], lines: readonly string[]): number | undefined {
  const expected =
    edit.from + hunks.filter((hunk) => hunk.oldStart < edit.from).reduce((sum, hunk) => sum + hunk.newCount - hunk.oldCount, 0);
  const places: number[] = [];
  for (let at = 0; at + edit.lines.length <= lines.length; at++) {
    if (edit.lines.every((line, index) => lines[at + index]?.replace(/\n$/, "") === line)) places.push(at + 1);
  }
  return places.toSorted((a, b) => Math.abs(a - expected) - Math.abs(b - expected))[0];
}
