/** Owns the verdict on each include place, once it is known which files get new names. */
import type { IncludePlace } from "./include-places.js";
import type { Target } from "./resolve-includes.js";

/** A place with its file and where it leads. */
export interface FoundPlace extends IncludePlace {
  readonly from: string;
  /** Index of the file in the tree. */
  readonly at: number;
  readonly target: Target;
}

export interface OpenInclude extends FoundPlace {
  readonly why: string;
}

export interface JudgedPlaces {
  readonly renamed: readonly FoundPlace[];
  readonly open: readonly OpenInclude[];
  /** Places that find, over an include root, a file that keeps its name. */
  readonly stays: readonly FoundPlace[];
}

/** Headers that the tree includes by a system header's name alone: they stand in for it and must keep that name. */
export function keptForSystem(found: readonly FoundPlace[]): Set<string> {
  const own = new Set(found.flatMap(({ target }) => (target.status === "inside" ? target.files : [])));
  const wrappers = found.filter(
    ({ from, path, next, target }) => next && target.status !== "inside" && (from === path || from.endsWith(`/${path}`)),
  );
  const shadows = found.flatMap(({ target }) => (target.status === "system" ? target.files : [])).filter((file) => !own.has(file));
  return new Set([...shadows, ...wrappers.map(({ from }) => from).filter((file) => !own.has(file))]);
}

export function judgePlaces(found: readonly FoundPlace[], moves: ReadonlyMap<string, string>): JudgedPlaces {
  const renamed: FoundPlace[] = [];
  const open: OpenInclude[] = [];
  const stays: FoundPlace[] = [];
  for (const place of found) {
    const { target } = place;
    if (target.status === "outside") continue;
    const going = target.files.filter((file) => moves.has(file));
    if (going.length === 0) {
      if (target.status === "inside" && !target.beside) stays.push(place);
    } else if (target.status === "either") open.push({ ...place, why: target.why });
    else if (target.status === "system") {
      if (!target.sure) open.push({ ...place, why: `is ${going[0]}, or the system's header of that name` });
    } else if (going.length === target.files.length) renamed.push(place);
    else
      open.push({ ...place, why: `is ${going[0]}, which is renamed, or ${target.files.find((file) => !moves.has(file))}, which is not` });
  }
  return { renamed, open, stays };
}
