/** Owns what a run in place puts where: new bytes for a file, maybe under a new path, or a link; and whether what stands there is still what was read. */
import { lstat, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

import { decodeUndo } from "../undo-record.js";
import type { Journal } from "./journal-file.js";

/** A path when the file keeps it; paths are relative to the tree. */
export type Place = string | MovedPlace;

interface MovedPlace {
  readonly from: string;
  readonly to: string;
  /** A symbolic link. */
  readonly link: boolean;
}

export function placeOf(place: Place): MovedPlace {
  return typeof place === "string" ? { from: place, to: place, link: false } : place;
}

/** Whether something stands at the path, if only a link that leads nowhere. */
export async function stands(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Gives a test whether the old file or link of a place is the one that the run read; `fresh` is where its new one lies. */
export function unchangedIn(root: string, journal: Journal): (place: MovedPlace, fresh: string) => Promise<boolean> {
  const steps = new Map(journal.files.map((file) => [file.path, file.steps]));
  const generated = new Set(journal.added.map(([path]) => path));
  const targets = new Map(journal.links.map(([path, before]) => [path, before]));
  return async ({ from, to, link }, fresh) => {
    if (generated.has(to)) return true;
    const old = join(root, from);
    if (link) {
      const target = await readlink(old).catch(() => undefined);
      return target !== undefined && target === (targets.get(to) ?? (await readlink(fresh).catch(() => undefined)));
    }
    const undo = steps.get(to)?.[0]?.undo;
    const bytes = await readFile(old).catch(() => undefined);
    if (bytes === undefined) return false;
    const record = undo === undefined ? undefined : decodeUndo(undo, `_${journal.flavor}`);
    if (undo !== undefined) return record !== undefined && crc32(bytes) === record.crc;
    return (await readFile(fresh).catch(() => undefined))?.equals(bytes) === true;
  };
}

/** The journal without what a run did not come to do. */
export function journalWithout(journal: Journal, left: readonly MovedPlace[]): Journal {
  const byPath = new Map(left.map((place) => [place.to, place]));
  const files = journal.files.map((file) => {
    const place = byPath.get(file.path);
    return place === undefined ? file : { path: place.from, steps: file.steps.slice(1) };
  });
  return {
    ...journal,
    moves: journal.moves.filter(([, to]) => !byPath.has(to)),
    links: journal.links.filter(([path]) => !byPath.has(path)),
    files: files.filter(({ steps }) => steps.length > 0),
  };
}
