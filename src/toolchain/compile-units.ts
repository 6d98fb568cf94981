/** Owns which units of a compile database see a file: the file itself, or what includes it, told by the include lines. */
import { basename, dirname } from "node:path";

/** A unit by its source, as a file of the tree (relative), with the command that compiles it. */
export interface Unit<T> {
  readonly source: string;
  readonly command: T;
}

/** Gives the units for a file, the most telling first. */
export type UnitsFor<T> = (file: string) => readonly Unit<T>[];

const INCLUDE = /^[ \t]*#[ \t]*(?:include|import)[ \t]*[<"]([^>"\n]+)[>"]/gm;

/** `textOf` reads a file of the tree; `files` are all of its files. Nothing is read before a header is asked for. */
export function unitsOf<T>(units: readonly Unit<T>[], files: readonly string[], textOf: (file: string) => string): UnitsFor<T> {
  const bySource = new Map<string, Unit<T>[]>();
  for (const unit of units) bySource.set(unit.source, [...(bySource.get(unit.source) ?? []), unit]);
  let includers: ReadonlyMap<string, readonly string[]> | undefined;
  return (file) => {
    const own = bySource.get(file);
    if (own !== undefined) return own;
    includers ??= includersOf(files, textOf);
    const reaching = reachOf(file, includers);
    const found = units.filter(({ source }) => reaching.has(source));
    return found.toSorted((a, b) => rank(a.source, file, reaching) - rank(b.source, file, reaching) || (a.source < b.source ? -1 : 1));
  };
}

/** Fewer steps of inclusion, the same stem, the same folder. */
function rank(source: string, file: string, reaching: ReadonlyMap<string, number>): number {
  const sameStem = stem(source) === stem(file) ? 0 : 4;
  return (reaching.get(source) ?? 0) + sameStem + (dirname(source) === dirname(file) ? 0 : 1);
}

function stem(path: string): string {
  return basename(path).replace(/\..*$/, "");
}

/** By file: the files whose include lines may mean it (the path they name is the end of its path). */
function includersOf(files: readonly string[], textOf: (file: string) => string): Map<string, string[]> {
  const byName = new Map<string, string[]>();
  for (const file of files) byName.set(basename(file), [...(byName.get(basename(file)) ?? []), file]);
  const found = new Map<string, string[]>();
  for (const file of files) {
    for (const [, path = ""] of textOf(file).matchAll(INCLUDE)) {
      const named = path.replace(/^(\.\.?\/)+/, "");
      for (const target of byName.get(basename(named)) ?? []) {
        if (target === named || target.endsWith(`/${named}`)) found.set(target, [...(found.get(target) ?? []), file]);
      }
    }
  }
  return found;
}

/** All files that reach `file` by includes, with the number of steps. */
function reachOf(file: string, includers: ReadonlyMap<string, readonly string[]>): Map<string, number> {
  const found = new Map<string, number>([[file, 0]]);
  let front: readonly string[] = [file];
  for (let steps = 1; front.length > 0; steps++) {
    const next = front.flatMap((one) => includers.get(one) ?? []).filter((one) => !found.has(one));
    for (const one of next) found.set(one, steps);
    front = [...new Set(next)];
  }
  return found;
}
