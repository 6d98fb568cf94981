/** Owns the finding of files that the fork moved: the same content, or the same name and mostly the same lines. */
import type { ByteString } from "../../git/bytes.js";
import type { ObjectStore } from "../../git/objects.js";
import { likeness, lineCounts } from "./base/line-distance.js";
import type { ForkFile, ForkFiles } from "./fork-file.js";

/** Git's own measure for a moved file. */
const LEAST_LIKENESS = 0.5;
const MOST_NAMESAKES = 8;

export interface AddedFile {
  readonly path: ByteString;
  readonly after: ForkFile | null;
}

/** New path to the base's file; each of those is taken once. */
export async function findMoves(
  objects: ObjectStore,
  fork: ForkFiles,
  added: readonly AddedFile[],
  removed: readonly ForkFile[],
): Promise<Map<ByteString, ForkFile>> {
  const moves = new Map<ByteString, ForkFile>();
  const free = new Set(removed);
  const byId = grouped(removed, ({ id }) => id);
  for (const { path, after } of added) {
    const same = byId.get(after?.id ?? "")?.find((file) => free.has(file));
    if (same === undefined) continue;
    moves.set(path, same);
    free.delete(same);
  }
  const byName = grouped([...free], ({ path }) => nameOf(path));
  for (const { path, after } of added) {
    const candidates = (byName.get(nameOf(path)) ?? []).filter((file) => free.has(file));
    if (moves.has(path) || after === null || candidates.length === 0 || candidates.length > MOST_NAMESAKES) continue;
    const lines = lineCounts(await fork.read(after));
    let best: { file: ForkFile; share: number } | undefined;
    for (const file of candidates) {
      const old = await objects.find(file.id);
      const share = old === undefined ? 0 : likeness(lines, lineCounts(old.content));
      if (share >= LEAST_LIKENESS && share > (best?.share ?? 0)) best = { file, share };
    }
    if (best === undefined) continue;
    moves.set(path, best.file);
    free.delete(best.file);
  }
  return moves;
}

function grouped(files: readonly ForkFile[], keyOf: (file: ForkFile) => string): Map<string, ForkFile[]> {
  const groups = new Map<string, ForkFile[]>();
  for (const file of files) {
    const group = groups.get(keyOf(file));
    if (group === undefined) groups.set(keyOf(file), [file]);
    else group.push(file);
  }
  return groups;
}

function nameOf(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf("/") + 1);
}
