/** Owns which file of a tree may include which, by the include lines of all: nothing that a build could do with them is left out. */
import { basename, dirname, join, normalize } from "node:path/posix";

import { isTemplate } from "../code-files.js";
import { isSystemHeader } from "../paths/system-headers.js";
import { eachIncluding, type IncludeTable } from "./include-table.js";

/** Where one include line of a file may lead. */
export interface IncludeLine {
  /** Indices of files. */
  readonly targets: readonly number[];
  /** Whether it leads to no file of the tree, though it is written as if: to a header that the build makes, or another library's. */
  readonly open: boolean;
}

/** By index of the file; those that include nothing have no lines. */
export interface IncludeGraph {
  readonly linesOf: (file: number) => readonly IncludeLine[];
  /** The files that may include this one, each followed by the number of its line: file, line, file, line … */
  readonly includersOf: (file: number) => readonly number[];
  /** Files with a line that is open. */
  readonly open: readonly number[];
}

const NO_LINES: readonly IncludeLine[] = [];
const NOBODY: readonly number[] = [];

/** The graph of the files at `paths`, by the include lines of all. */
export function includeGraph(paths: readonly string[], tables: readonly IncludeTable[]): IncludeGraph {
  const all = tables.map((table) => ({ table, lines: table.lines.map(readLine) }));
  const macros = pathMacros(all);
  const resolve = createResolver(paths, macros);
  const named = (macro: string): readonly string[] => macros.get(macro) ?? [];
  const lines = new Map<number, readonly IncludeLine[]>();
  const includers: (number[] | undefined)[] = Array.from(paths, () => undefined);
  const open: number[] = [];
  for (const { table, lines: read } of all)
    eachIncluding(table, (file, places) => {
      const folder = dirname(paths[file] as string);
      const own = linesOf(places, read, (line) => resolve(folder, line), named);
      if (own.length === 0) return;
      lines.set(file, own);
      if (own.some((line) => line.open)) open.push(file);
      for (let line = 0; line < own.length; line++)
        for (const target of (own[line] as IncludeLine).targets) (includers[target] ??= []).push(file, line);
    });
  return { linesOf: (file) => lines.get(file) ?? NO_LINES, includersOf: (file) => includers[file] ?? NOBODY, open };
}

/** A line of a table. */
interface ReadLine {
  /** `"path`, `<path` or `!NAME`. */
  readonly written: string;
  /** Whether the macro is called. */
  readonly isCall: boolean;
  /** The macro and the path that it stands for, of a line that includes nothing. */
  readonly stands: readonly [macro: string, path: string] | undefined;
  /** Where it leads without regard to the folder, once that is known. */
  leads?: Written;
}

function readLine(line: string): ReadLine {
  const isCall = line.endsWith("(");
  const space = line.startsWith("=") ? line.indexOf(" ") : -1;
  return {
    written: isCall ? line.slice(0, -1) : line,
    isCall,
    stands: space < 0 ? undefined : [line.slice(1, space), line.slice(space + 1)],
  };
}

/** Where the lines lead that include something: by a macro that is called, to its own path and to those that the file gave to macros before. */
function linesOf(
  places: readonly number[],
  lines: readonly ReadLine[],
  resolve: (line: ReadLine) => IncludeLine,
  named: (macro: string) => readonly string[],
): IncludeLine[] {
  const own: string[] = [];
  const found: IncludeLine[] = [];
  for (const place of places) {
    const line = lines[place] as ReadLine;
    if (line.stands !== undefined) own.push(line.stands[1]);
    else if (!line.isCall || own.length === 0) found.push(resolve(line));
    else {
      const paths = [...named(line.written.slice(1)), ...own];
      found.push({ targets: [...new Set(paths.flatMap((path) => resolve(readLine(`"${path}`)).targets))], open: false });
    }
  }
  return found;
}

/** The paths that macros of the tree stand for, by their name, but for those that the file itself includes by a call. */
function pathMacros(tables: readonly { readonly table: IncludeTable; readonly lines: readonly ReadLine[] }[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { table, lines } of tables) {
    if (lines.every(({ stands }) => stands === undefined)) continue;
    eachIncluding(table, (_file, places) => {
      const own = places.map((place) => lines[place] as ReadLine);
      for (const { stands } of own.slice(own.findLastIndex(({ isCall }) => isCall) + 1)) {
        if (stands !== undefined) found.set(stands[0], [...(found.get(stands[0]) ?? []), stands[1]]);
      }
    });
  }
  return found;
}

/**
 * A path between quotes leads to the file beside, if there is one; else a path leads to every file whose path it ends, or to those
 * of its name. A macro leads where its definitions do, one without to the paths of all macros.
 */
function createResolver(
  paths: readonly string[],
  macros: ReadonlyMap<string, readonly string[]>,
): (folder: string, line: ReadLine) => IncludeLine {
  const at = new Map<string, number>();
  const byName = new Map<string, number[]>();
  const add = (path: string, file: number): void => {
    if (!at.has(path)) at.set(path, file);
    const name = basename(path);
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [file]);
    else known.push(file);
  };
  for (const [file, path] of paths.entries()) {
    add(path, file);
    if (isTemplate(path)) add(path.replace(/\.[^./]*$/, ""), file);
  }
  const known = new Map<string, Written>();
  function anywhere(written: string): IncludeLine {
    if (written.startsWith("!")) {
      const named = macros.get(written.slice(1)) ?? [...macros.values()].flat();
      return { targets: [...new Set(named.flatMap((path) => lineFor(`"${path}`).line.targets))], open: false };
    }
    const angled = written.startsWith("<");
    const path = normalize(written.slice(1).replaceAll("\\", "/")).replace(/^(?:\.\.?\/)+/, "");
    const named = byName.get(basename(path)) ?? [];
    const ending = named.filter((file) => endsIn(paths[file] as string, path));
    if (ending.length > 0) return { targets: ending, open: false };
    if (isSystemHeader(path, angled)) return { targets: [], open: false };
    return { targets: named, open: !angled && named.length === 0 };
  }
  function lineFor(written: string): Written {
    const found = known.get(written);
    if (found !== undefined) return found;
    const line = anywhere(written);
    const made = { line, asksBeside: written.startsWith('"') && (line.targets.length > 1 || LEADS_AWAY.test(written)) };
    known.set(written, made);
    return made;
  }
  return (folder, read) => {
    const { written } = read;
    const { line, asksBeside } = (read.leads ??= lineFor(written));
    const beside = asksBeside ? at.get(besidePath(folder, written.slice(1))) : undefined;
    return beside === undefined ? line : { targets: [beside], open: false };
  };
}

/** Where a path leads without regard to the folder that it is written in. */
interface Written {
  readonly line: IncludeLine;
  /** Whether a file beside may be another one: a file that the path ends is the one beside, too, when there is but one. */
  readonly asksBeside: boolean;
}

/** Of a path behind its quote: `./`, `../`, `\`. */
const LEADS_AWAY = /^"\.|\/\.|\\/;

function besidePath(folder: string, path: string): string {
  if (LEADS_AWAY.test(`"${path}`)) return normalize(join(folder, path.replaceAll("\\", "/")));
  return folder === "." ? path : `${folder}/${path}`;
}

function endsIn(file: string, path: string): boolean {
  if (file.endsWith(path)) return file.length === path.length || file[file.length - path.length - 1] === "/";
  return isTemplate(file) && endsIn(file.replace(/\.[^./]*$/, ""), path);
}
