/** Owns the way from globs to source files: every glob must name something, no file may be named twice. */
import { stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { glob } from "tinyglobby";

import { UnforkError, fileError } from "../../support/errors.js";
import { nearestFolder } from "./nearest-folder.js";
import { byText } from "../../support/order.js";

export type Language = "c" | "cxx" | "asm";

export interface SourceFile {
  /** Relative to the folder the globs start in, `/`-separated. */
  readonly path: string;
  readonly language: Language;
  /** Flags of the unit that names it. */
  readonly flags: readonly string[];
  /** Bytes: the biggest are compiled first. */
  readonly size: number;
}

export interface SourceGlobs {
  readonly sources: readonly string[];
  readonly exclude: readonly string[];
  readonly flags: readonly string[];
}

const LANGUAGES: Readonly<Record<string, Language>> = {
  ".c": "c",
  ".cc": "cxx",
  ".cpp": "cxx",
  ".cxx": "cxx",
  ".c++": "cxx",
  ".C": "cxx",
  ".S": "asm",
  ".s": "asm",
};

/**
 * All sources that `units` name below `folder`, sorted by path.
 *
 * @param key where the globs stand in the config, as in "build.flavors.legacy.units"; for messages
 * @throws UnforkError `config-invalid` for a glob that names nothing, a file no compiler takes, or a file named by two units
 */
export async function findSources(folder: string, units: readonly SourceGlobs[], key: string): Promise<SourceFile[]> {
  const found = new Map<string, SourceFile & { readonly unit: number }>();
  for (const [unit, globs] of units.entries()) {
    for (const path of await expand(folder, globs, `${key}[${unit}]`)) {
      const other = found.get(path);
      if (other !== undefined) throw namedTwice(path, other.unit, unit, key);
      found.set(path, {
        path,
        unit,
        flags: globs.flags,
        language: languageOf(path, `${key}[${unit}]`),
        size: await sizeOf(join(folder, path)),
      });
    }
  }
  const files = [...found.values()].map(({ path, language, flags, size }) => ({ path, language, flags, size }));
  return files.toSorted((a, b) => byText(a.path, b.path));
}

async function expand(folder: string, globs: SourceGlobs, key: string): Promise<string[]> {
  const excluded = new Set(globs.exclude.length === 0 ? [] : await match(folder, globs.exclude));
  const paths = new Set<string>();
  for (const pattern of globs.sources) {
    const named = await match(folder, [pattern]);
    if (named.length === 0) throw await namesNothing(folder, pattern, key);
    for (const path of named) if (!excluded.has(path)) paths.add(path);
  }
  if (paths.size === 0)
    throw new UnforkError("config-invalid", `${key}: its 'exclude' takes away every file that its 'sources' name`, { context: { key } });
  return [...paths];
}

function match(folder: string, patterns: readonly string[]): Promise<string[]> {
  return glob([...patterns], { cwd: folder, dot: true, expandDirectories: false, onlyFiles: true });
}

async function namesNothing(folder: string, pattern: string, key: string): Promise<UnforkError> {
  const near = await nearestFolder(folder, pattern);
  return new UnforkError("config-invalid", `${key}: '${pattern}' matches no file in ${folder}`, {
    hint: near ?? "correct the glob or take it out",
    context: { key, glob: pattern, folder },
  });
}

function namedTwice(path: string, first: number, second: number, key: string): UnforkError {
  return new UnforkError("config-invalid", `${key}: units ${first} and ${second} both name ${path}, and their flags may differ`, {
    hint: `put it into the 'exclude' of one of the two`,
    context: { key, file: path },
  });
}

function languageOf(path: string, key: string): Language {
  const language = LANGUAGES[extname(path)];
  if (language !== undefined) return language;
  throw new UnforkError("config-invalid", `${key}: no compiler for ${path}: its ending is none of ${Object.keys(LANGUAGES).join(" ")}`, {
    hint: "make the glob narrower, as in **/*.cc",
    context: { key, file: path },
  });
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw fileError("read", path, error);
  }
}
