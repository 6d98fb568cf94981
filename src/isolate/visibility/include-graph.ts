/** Owns which file of a tree may include which, by the include lines of all: nothing that a build could do with them is left out. */
import { basename, dirname, join, normalize } from "node:path/posix";

import { isTemplate } from "../code-files.js";
import { isSystemHeader } from "../paths/system-headers.js";

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
  /** The files that may include this one, each with its line. */
  readonly includersOf: (file: number) => readonly { readonly file: number; readonly line: number }[];
  /** Files with a line that is open. */
  readonly open: readonly number[];
}

const NO_LINES: readonly IncludeLine[] = [];

/** The graph of the files at `paths`; `texts` are their include lines, as `includeLines` gives them. */
export function includeGraph(paths: readonly string[], texts: ReadonlyMap<number, string>): IncludeGraph {
  const macros = pathMacros(texts);
  const resolve = createResolver(paths, macros);
  const named = (macro: string): readonly string[] => macros.get(macro) ?? [];
  const lines = new Map<number, IncludeLine[]>();
  const includers = new Map<number, { file: number; line: number }[]>();
  const open: number[] = [];
  for (const [file, text] of texts) {
    const folder = dirname(paths[file] as string);
    const own = linesOf(text, (written) => resolve(folder, written), named);
    if (own.length === 0) continue;
    lines.set(file, own);
    if (own.some((line) => line.open)) open.push(file);
    for (const [line, { targets }] of own.entries()) {
      for (const target of targets) {
        const known = includers.get(target);
        if (known === undefined) includers.set(target, [{ file, line }]);
        else known.push({ file, line });
      }
    }
  }
  return { linesOf: (file) => lines.get(file) ?? NO_LINES, includersOf: (file) => includers.get(file) ?? [], open };
}

/** Where the lines lead that include something: by a macro that is called, to its own path and to those that the file gave to macros before. */
function linesOf(text: string, resolve: (written: string) => IncludeLine, named: (macro: string) => readonly string[]): IncludeLine[] {
  if (text === "") return [];
  const own: string[] = [];
  const found: IncludeLine[] = [];
  for (const line of text.split("\n")) {
    if (line.startsWith("=")) own.push(line.slice(line.indexOf(" ") + 1));
    else if (!line.endsWith("(") || own.length === 0) found.push(resolve(line.replace(/\($/, "")));
    else
      found.push({
        targets: [...new Set([...named(line.slice(1, -1)), ...own].flatMap((path) => resolve(`"${path}`).targets))],
        open: false,
      });
  }
  return found;
}

/** The paths that macros of the tree stand for, by their name, but for those that the file itself includes by a call. */
function pathMacros(texts: ReadonlyMap<number, string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const text of texts.values()) {
    if (!text.includes("=")) continue;
    const lines = text.split("\n");
    for (const line of lines.slice(lines.findLastIndex((one) => one.endsWith("(")) + 1)) {
      if (!line.startsWith("=")) continue;
      const [name, path] = line.slice(1).split(" ") as [string, string];
      found.set(name, [...(found.get(name) ?? []), path]);
    }
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
): (folder: string, written: string) => IncludeLine {
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
  const known = new Map<string, IncludeLine>();
  function anywhere(written: string): IncludeLine {
    if (written.startsWith("!")) {
      const named = macros.get(written.slice(1)) ?? [...macros.values()].flat();
      return { targets: [...new Set(named.flatMap((path) => lineFor(`"${path}`).targets))], open: false };
    }
    const angled = written.startsWith("<");
    const path = normalize(written.slice(1).replaceAll("\\", "/")).replace(/^(?:\.\.?\/)+/, "");
    const named = byName.get(basename(path)) ?? [];
    const ending = named.filter((file) => endsIn(paths[file] as string, path));
    if (ending.length > 0) return { targets: ending, open: false };
    if (isSystemHeader(path, angled)) return { targets: [], open: false };
    return { targets: named, open: !angled && named.length === 0 };
  }
  function lineFor(written: string): IncludeLine {
    const line = known.get(written) ?? anywhere(written);
    known.set(written, line);
    return line;
  }
  return (folder, written) => {
    const beside = written.startsWith('"') ? at.get(besidePath(folder, written.slice(1))) : undefined;
    return beside === undefined ? lineFor(written) : { targets: [beside], open: false };
  };
}

function besidePath(folder: string, path: string): string {
  if (/^\.|\/\.|\\/.test(path)) return normalize(join(folder, path.replaceAll("\\", "/")));
  return folder === "." ? path : `${folder}/${path}`;
}

function endsIn(file: string, path: string): boolean {
  if (file.endsWith(path)) return file.length === path.length || file[file.length - path.length - 1] === "/";
  return isTemplate(file) && endsIn(file.replace(/\.[^./]*$/, ""), path);
}
