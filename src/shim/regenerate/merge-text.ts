/** Owns the merge of what somebody edited with what is generated now, over what was generated before. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { mergeFileText } from "../../git/merge-file.js";
import { removeTemporary, temporaryNamed } from "../../support/temporary-folders.js";

export interface ThreeTexts {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

export type MergedText =
  | { readonly status: "merged"; readonly text: string }
  /** `line`: of `ours`, from 1. */
  | { readonly status: "conflict"; readonly line: number; readonly ours: readonly string[]; readonly theirs: readonly string[] }
  /** A line that was added is not there any more. */
  | { readonly status: "lost"; readonly line: number };

/** Throws `tool-missing`, `tool-failed` where git cannot be run. */
export async function mergeTexts(texts: ThreeTexts): Promise<MergedText> {
  if (texts.ours === texts.base || texts.ours === texts.theirs) return { status: "merged", text: texts.theirs };
  if (texts.base === texts.theirs) return { status: "merged", text: texts.ours };
  const folder = await temporaryNamed("unfork-merge");
  try {
    const paths = { ours: join(folder, "edited"), base: join(folder, "before"), theirs: join(folder, "generated") };
    await Promise.all([writeFile(paths.ours, texts.ours), writeFile(paths.base, texts.base), writeFile(paths.theirs, texts.theirs)]);
    // No repository is needed, and none around the files may say how to merge.
    const merged = await mergeFileText({ path: join(folder, "none") }, { ...paths, labels: LABELS });
    if (merged === undefined) return { status: "conflict", line: 1, ours: [], theirs: [] };
    return judged(texts, merged.toString("utf8"));
  } finally {
    await removeTemporary(folder);
  }
}

const LABELS = { ours: "unfork-edited", base: "unfork-generated-before", theirs: "unfork-generated" } as const;

function judged(texts: ThreeTexts, merged: string): MergedText {
  const lines = merged.split("\n");
  const at = lines.indexOf(`<<<<<<< ${LABELS.ours}`);
  if (at === -1) {
    const lost = lostLine(texts, lines);
    return lost === undefined ? { status: "merged", text: merged } : { status: "lost", line: lost };
  }
  const middle = lines.indexOf(`||||||| ${LABELS.base}`, at);
  const parted = lines.indexOf("=======", middle);
  const end = lines.indexOf(`>>>>>>> ${LABELS.theirs}`, parted);
  const ours = lines.slice(at + 1, middle);
  return {
    status: "conflict",
    line: placeOf(texts.ours.split("\n"), ours, lines.slice(0, at)),
    ours,
    theirs: lines.slice(parted + 1, end),
  };
}

/** Where in the edited text the conflict stands: its lines behind those before it, as many of them as are found. */
function placeOf(text: readonly string[], conflict: readonly string[], before: readonly string[]): number {
  for (let context = Math.min(3, before.length); context >= 0; context--) {
    const wanted = [...before.slice(before.length - context), ...conflict];
    if (wanted.length === 0) break;
    for (let at = 0; at + wanted.length <= text.length; at++)
      if (wanted.every((line, index) => text[at + index] === line)) return Math.min(at + context + 1, text.length);
  }
  return 1;
}

/** The line of an addition that the merge does not hold: a check on the merge itself. */
function lostLine({ ours, base }: ThreeTexts, merged: readonly string[]): number | undefined {
  const [before, after] = [countsOf(base.split("\n")), countsOf(merged)];
  const own = ours.split("\n");
  for (const [line, count] of countsOf(own)) {
    const added = count - (before.get(line) ?? 0);
    if (added > 0 && (after.get(line) ?? 0) < added) return own.indexOf(line) + 1;
  }
  return undefined;
}

function countsOf(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}
