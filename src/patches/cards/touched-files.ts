/** Owns the files and functions that a feature's commits change. */
import { shownBytes } from "../../git/bytes.js";
import type { ObjectPool } from "../../git/object-pool.js";
import { patchTexts } from "../../git/patch-texts.js";
import type { TouchedFile } from "../../model/feature-card.js";
import { type DiffHunk, type FileDiff, pathOf } from "../text/file-diff.js";
import { parseDiff } from "../text/parse-diff.js";
import { C_FILE, functionsIn } from "./functions-in.js";

/** By path; lines counted over all commits. */
export async function touchedFiles(pool: ObjectPool, commits: readonly string[]): Promise<TouchedFile[]> {
  const texts = await patchTexts(pool.repository, commits);
  const files = new Map<string, { added: number; removed: number; functions: Set<string> }>();
  for (const commit of commits) {
    for (const diff of parseDiff(texts.get(commit) ?? "", commit, { strip: 1 })) {
      const path = shownBytes(pathOf(diff));
      const file = files.get(path) ?? { added: 0, removed: 0, functions: new Set<string>() };
      file.added += count(diff, "+");
      file.removed += count(diff, "-");
      for (const name of await functionsOf(pool, diff)) file.functions.add(name);
      files.set(path, file);
    }
  }
  return [...files]
    .map(([path, { added, removed, functions }]) => ({ path, added, removed, functions: [...functions].toSorted() }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function count({ hunks }: FileDiff, sign: string): number {
  return hunks.flatMap(({ lines }) => lines).filter((line) => line.startsWith(sign)).length;
}

/** Of C and C++ by the tokens of the new content, else what git says behind a hunk's numbers. A file that is added whole has none to name. */
async function functionsOf(pool: ObjectPool, diff: FileDiff): Promise<string[]> {
  if (diff.oldPath === null || diff.newPath === null || diff.newId === null) return [];
  const known = C_FILE.test(diff.newPath) ? functionsIn(await pool.read(diff.newId, "blob")) : [];
  return diff.hunks.flatMap((hunk) => {
    const names = changedLines(hunk).flatMap((line) => known.filter(({ from, to }) => from <= line && line <= to).map(({ name }) => name));
    return names.length > 0 ? names : C_FILE.test(diff.newPath ?? "") && known.length > 0 ? [] : sectionName(hunk);
  });
}

/** Lines of the new content that are added, or stand where one was removed. */
function changedLines({ newStart, lines }: DiffHunk): number[] {
  const found: number[] = [];
  let at = newStart;
  for (const line of lines) {
    if (!line.startsWith(" ")) found.push(at);
    if (!line.startsWith("-")) at++;
  }
  return found;
}

function sectionName({ section = "" }: DiffHunk): string[] {
  const name = /([A-Za-z_~][\w:~]*)\s*\(/.exec(section)?.[1];
  return name === undefined ? [] : [name];
}
