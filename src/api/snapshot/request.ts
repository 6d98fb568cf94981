/** Owns what a user asks of a snapshot, and how that becomes a question with every path resolved. */
import { stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, relative, resolve } from "node:path";
import { glob } from "tinyglobby";

import { EMPTY_NAME_MAP } from "../../model/api-name-map.js";
import { UnforkError } from "../../support/errors.js";
import { exists } from "../../support/fs.js";
import { byText } from "../../support/order.js";
import { argumentsFromDatabase } from "./database-arguments.js";
import type { AskedInstances, SnapshotQuestion, SnapshotRoot } from "./model.js";
import { isBelow } from "./places.js";

export interface SnapshotRequest {
  /** Paths or globs, relative to the working directory, a root or an include folder. */
  readonly headers: readonly string[];
  /** Folders whose headers are the API; none: told by the headers. */
  readonly roots: readonly string[];
  readonly includes: readonly string[];
  /** Further arguments of the compiler. */
  readonly flags: readonly string[];
  /** None: that of the compile database's commands, else C++. */
  readonly language?: "c" | "c++" | undefined;
  /** As `-std=` takes it; none: that of the commands, else the compiler's default. */
  readonly standard?: string | undefined;
  /** Path of a compile database that gives the arguments. */
  readonly compileCommands?: string | undefined;
  /** Instances of templates beside those that the headers use. */
  readonly instances?: AskedInstances | undefined;
}

export interface PlannedQuestion extends Omit<SnapshotQuestion, "tool"> {
  /** What was not as clear as it should be, for the snapshot's diagnostics. */
  readonly notes: readonly string[];
}

const NO_INSTANCES: AskedInstances = { texts: [], flavors: [], map: EMPTY_NAME_MAP };

/** Folders that hold the headers of many libraries: there only the headers that are asked for are the API. */
const COMMON_FOLDERS: ReadonlySet<string> = new Set(["/usr/include", "/usr/local/include", "/opt/homebrew/include"]);

/** Throws `input-missing` for a header or a folder that is not there, `usage` for a pattern that matches nothing. */
export async function planQuestion(request: SnapshotRequest, directory = process.cwd()): Promise<PlannedQuestion> {
  const roots = await foldersOf(request.roots, directory, "--root");
  const includes = await foldersOf(request.includes, directory, "--include");
  const paths = await headersOf(request.headers, [...new Set([...roots, ...includes])], directory);
  const database =
    request.compileCommands === undefined
      ? undefined
      : await argumentsFromDatabase(resolve(directory, request.compileCommands), paths, roots);
  const language = request.language ?? database?.language ?? "c++";
  const standard = request.standard ?? database?.standard ?? "";
  const flags = [...request.flags, ...(database?.arguments ?? [])];
  const searched = [...new Set([...includes, ...flagIncludes(flags, directory), ...roots])];
  return {
    directory,
    arguments: [
      "-x",
      language,
      ...(standard === "" ? [] : [`-std=${standard}`]),
      ...includes.map((folder) => `-I${folder}`),
      ...flags,
      ...roots.map((folder) => `-I${folder}`),
    ],
    language,
    standard,
    roots: roots.length > 0 ? roots.map((path) => ({ path, isFile: false })) : rootsByHeaders(paths, includes),
    headers: paths.map((path) => ({ path, name: includeName(path, searched) })),
    instances: request.instances ?? NO_INSTANCES,
    notes: database?.notes ?? [],
  };
}

async function foldersOf(given: readonly string[], directory: string, option: string): Promise<string[]> {
  const found: string[] = [];
  for (const path of given) {
    const folder = resolve(directory, path);
    const isFolder = await stat(folder).then(
      (one) => one.isDirectory(),
      () => undefined,
    );
    if (isFolder !== true)
      throw new UnforkError(
        isFolder === undefined ? "input-missing" : "usage",
        `${option} ${path}: ${isFolder === undefined ? "there is no such folder" : "this is a file"}`,
        {
          hint: "name a folder, relative to the working directory",
          context: { path: folder },
        },
      );
    if (!found.includes(folder)) found.push(folder);
  }
  return found;
}

async function headersOf(patterns: readonly string[], folders: readonly string[], directory: string): Promise<string[]> {
  if (patterns.length === 0)
    throw new UnforkError("usage", "no header is given", { hint: "name headers or globs, as in --headers 'api/**/*.h'" });
  const found = new Set<string>();
  for (const pattern of patterns) for (const path of await matching(pattern, folders, directory)) found.add(path);
  return [...found];
}

/** A path counts from the working directory first; a glob from the folders, if there are any. */
async function matching(pattern: string, folders: readonly string[], directory: string): Promise<string[]> {
  if (/["\n]/.test(pattern))
    throw new UnforkError("usage", `the header ${JSON.stringify(pattern)} cannot be included`, { hint: "no quotation marks" });
  for (const folder of [directory, ...folders]) {
    const path = resolve(folder, pattern);
    if (await isFile(path)) return [path];
  }
  const where = folders.length === 0 || isAbsolute(pattern) ? [directory] : folders;
  const searched = where.map((folder) => relative(directory, folder) || ".").join(", ");
  if (!/[*?[{]/.test(pattern))
    throw new UnforkError("input-missing", `there is no header ${pattern}`, {
      hint: `headers are looked for in the working directory, --root and --include: ${[".", ...where.map((folder) => relative(directory, folder) || ".")].filter((one, i, all) => all.indexOf(one) === i).join(", ")}`,
      context: { header: pattern },
    });
  const files = await Promise.all(where.map((cwd) => glob(pattern, { cwd, absolute: true, onlyFiles: true })));
  const paths = files.flatMap((some) => some.toSorted(byText));
  if (paths.length === 0)
    throw new UnforkError("input-missing", `no header matches ${pattern}`, {
      hint: `it was looked for in ${searched}`,
      context: { pattern },
    });
  return paths;
}

async function isFile(path: string): Promise<boolean> {
  return (await exists(path)) && (await stat(path)).isFile();
}

/** The include folder that holds a header, or its own folder; in a folder of many libraries the header alone. */
function rootsByHeaders(paths: readonly string[], includes: readonly string[]): SnapshotRoot[] {
  const found = new Map<string, SnapshotRoot>();
  for (const path of paths) {
    const folder = includes.find((one) => isBelow(one, path)) ?? dirname(path);
    const root = COMMON_FOLDERS.has(folder) ? { path, isFile: true } : { path: folder, isFile: false };
    found.set(root.path, root);
  }
  return [...found.values()];
}

function flagIncludes(flags: readonly string[], directory: string): string[] {
  return flags.flatMap((flag, i) => {
    const path = /^-I(.+)/.exec(flag)?.[1] ?? (flags[i - 1] === "-I" || flags[i - 1] === "-isystem" ? flag : undefined);
    return path === undefined ? [] : [resolve(directory, path)];
  });
}

/** The shortest path that an include folder gives it. */
function includeName(path: string, folders: readonly string[]): string {
  const names = folders.filter((folder) => isBelow(folder, path)).map((folder) => relative(folder, path).replaceAll("\\", "/"));
  return names.toSorted((a, b) => a.length - b.length)[0] ?? basename(path);
}
