/** Owns what is told of places that name renamed files and that isolation does not edit. */
import type { TreeFile } from "../engine/tree-files.js";
import { findFollowers } from "./followers.js";
import type { FoundPlace } from "./judge-places.js";
import { isFlavoredPath } from "./new-path.js";

export interface FollowerRequest {
  readonly root: string;
  readonly suffix: string;
  readonly files: readonly TreeFile[];
  readonly isRead: (path: string) => boolean;
  readonly moves: ReadonlyMap<string, string>;
  /** Include places of code that the policy leaves out. */
  readonly left: readonly FoundPlace[];
  /** Include places that find a file of an unchanged name over an include root. */
  readonly stays: readonly FoundPlace[];
}

export function followerWarnings({ root, suffix, files, isRead, moves, left, stays }: FollowerRequest): string[] {
  const regular = files.flatMap(({ path, link }) => (link === undefined ? [path] : []));
  const named = findFollowers(root, regular, moves).map(({ file, line, names }) => ({ place: `${file}:${line} (${names})`, file }));
  const reached = left
    .filter(({ target }) => target.status === "inside" && target.files.some((file) => moves.has(file)))
    .map(({ from, path }) => ({ place: `${from} (${path})`, file: from }));
  const kept = stays
    .filter(({ target }) => target.status === "inside" && target.files.some((file) => isRead(file) && !isFlavoredPath(file, suffix)))
    .map(({ from, path }) => ({ place: `${from} (${path})`, file: from }));
  return [
    ...told(named, "build files and templates", "name renamed headers and have to follow"),
    ...told(reached, "files that the policy leaves out", "include renamed headers"),
    ...told(kept, "code", "find files of unchanged names over an include root, a unit with both roots those of the first"),
  ];
}

const SHOWN = 3;

function told(places: readonly { readonly place: string; readonly file: string }[], where: string, what: string): string[] {
  if (places.length === 0) return [];
  const count = new Set(places.map(({ file }) => file)).size;
  const first = places.slice(0, SHOWN).map(({ place }) => place);
  const more = places.length > SHOWN ? ", …" : "";
  const [many, spread] = [places.length === 1 ? "1 place" : `${places.length} places`, count === 1 ? "1 file" : `${count} files`];
  return [`paths: ${many} in ${where} (${spread}) ${what}: ${first.join(", ")}${more}`];
}
