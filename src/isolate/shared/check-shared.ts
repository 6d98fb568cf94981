/** Owns the check that a flavor compiles against the other's copy of the modules that both share. */
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";

import { diagnosticsIn } from "../../build/errors/diagnostics.js";
import type { SharedCheck } from "../../model/isolation-shared.js";
import { emit } from "../../support/bus.js";
import { UnforkError } from "../../support/errors.js";
import { run } from "../../support/exec.js";
import { byText } from "../../support/order.js";
import { randomId } from "../../support/random.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import { languagesIn } from "../languages-in.js";
import { listTree } from "../engine/tree-files.js";
import { anyPathGlob } from "../path-glob.js";
import { filesThatSee } from "./include-reach.js";
import { foldersOf, isInside, type ModulePlace, ownerArguments } from "./owner-arguments.js";

export interface SharedRequest {
  readonly tree: string;
  /** The tree that owns the modules. */
  readonly owner: string;
  /** Folders, relative to both trees. */
  readonly modules: readonly string[];
  /** How each unit is compiled; units without a command are compiled by `compiler` and `flags`. */
  readonly commands: readonly CompileCommand[];
  readonly compiler?: string;
  readonly flags?: readonly string[];
  /** Globs over the units; empty: all that see a module. */
  readonly files?: readonly string[];
  /** Compilers at once; default 1. */
  readonly jobs?: number;
}

type Failure = SharedCheck["failed"][number];

/** Compiles without writing. Throws `input-invalid` (a module that one tree lacks, no unit at all), `tool-missing`, `disk`. */
export async function checkShared(request: SharedRequest): Promise<SharedCheck> {
  const tree = resolve(request.tree);
  const owner = resolve(request.owner);
  const modules = request.modules.map((path) => placeOf(tree, owner, path));
  const units = unitsOf(request, tree, modules);
  if (units.length === 0) throw noUnits(request);
  const links = join(tmpdir(), `unfork-shared-${randomId()}`);
  try {
    const results = await inTurns(units, request.jobs ?? 1, (unit) => checkUnit(unit, tree, modules, links));
    const told = results.flatMap((result) => (result === undefined ? [] : [result]));
    const only = (broken: boolean): Failure[] =>
      told.filter((one) => one.broken === broken).map(({ file, place, reason, errors }) => ({ file, place, reason, errors }));
    const [failed, broken] = [only(false), only(true)];
    return { modules: [...request.modules], owner, units: units.length, compiled: units.length - told.length, failed, broken };
  } finally {
    emit({ type: "progress:end", label: LABEL });
    await rm(links, { recursive: true, force: true });
  }
}

const LABEL = "compiling against the owner's copy";

function placeOf(tree: string, owner: string, path: string): ModulePlace {
  const place = { own: join(tree, path), owners: join(owner, path) };
  for (const folder of [place.own, place.owners]) {
    if (existsSync(folder)) continue;
    throw new UnforkError("input-invalid", `there is no module ${folder}`, {
      hint: "a module is a folder that both trees have at the same place",
      context: { path: folder },
    });
  }
  return place;
}

/** What compiles one unit. */
interface Unit {
  readonly file: string;
  readonly directory: string;
  readonly words: readonly string[];
}

function unitsOf({ commands, compiler, flags, files = [] }: SharedRequest, tree: string, modules: readonly ModulePlace[]): Unit[] {
  const languageIn = languagesIn(tree);
  const all = listTree(tree).files.flatMap(({ path, link }) => (link === undefined && languageIn(path) !== undefined ? [path] : []));
  const inModule = (file: string): boolean => modules.some(({ own }) => isInside(join(tree, file), own));
  const sees = filesThatSee(all, inModule, (file) => readFileSync(join(tree, file), "latin1"));
  const isWanted = anyPathGlob(files);
  const known = new Map(commands.map((command) => [relative(tree, command.file).split(sep).join("/"), command]));
  return [...sees]
    .filter(isWanted)
    .toSorted(byText)
    .flatMap((file): Unit[] => {
      const command = known.get(file);
      if (command !== undefined) return [{ file: join(tree, file), directory: command.directory, words: command.arguments }];
      const language = languageIn(file);
      if (compiler === undefined || (language !== "c" && language !== "c++")) return [];
      return [{ file: join(tree, file), directory: tree, words: [compiler, ...(flags ?? [])] }];
    });
}

function noUnits({ modules, commands, compiler }: SharedRequest): UnforkError {
  const lacks = commands.length === 0 && compiler === undefined;
  return new UnforkError("input-invalid", `no unit to compile sees ${modules.join(", ")}`, {
    hint: lacks
      ? "give --compile-commands FILE, or --compiler and --flag"
      : "check the module's path and --file; a unit sees a module when its include lines lead there",
  });
}

/** Undefined when it compiles; with the tree's own copy, too, only where it does not. */
async function checkUnit(
  unit: Unit,
  tree: string,
  modules: readonly ModulePlace[],
  links: string,
): Promise<(Failure & { broken: boolean }) | undefined> {
  const failure = await compile(unit, tree, modules, links);
  if (failure === undefined) return undefined;
  const own = await compile(unit, tree, [], links);
  return own === undefined ? { ...failure, broken: false } : { ...own, broken: true };
}

async function compile(
  { file, directory, words }: Unit,
  tree: string,
  modules: readonly ModulePlace[],
  links: string,
): Promise<Failure | undefined> {
  const made = ownerArguments({ words: words.slice(1), directory, source: file }, modules, links);
  for (const folder of foldersOf(made.links)) mkdirSync(folder, { recursive: true });
  for (const [path, target] of made.links) if (!existsSync(path)) symlinkSync(target, path);
  const { code, stderr } = await run({ command: words[0] as string, args: made.arguments, cwd: directory });
  if (code === 0) return undefined;
  const errors = diagnosticsIn(stderr, file);
  const [first] = errors;
  const place = first === undefined ? relative(tree, file) : `${placeIn(resolve(directory, first.file), tree, modules)}:${first.line}`;
  return {
    file: relative(tree, file),
    place,
    reason: first?.message ?? stderr.trim().split("\n").at(-1) ?? "failed without a word",
    errors: errors.length,
  };
}

/** Relative to the tree, or to the owner's tree as `owner:path`. */
function placeIn(path: string, tree: string, modules: readonly ModulePlace[]): string {
  const module = modules.find(({ owners }) => isInside(path, owners));
  if (module !== undefined) return `owner:${relative(tree, join(module.own, relative(module.owners, path)))}`;
  return isInside(path, tree) ? relative(tree, path) : path;
}

async function inTurns<T, R>(items: readonly T[], jobs: number, act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  let done = 0;
  async function work(): Promise<void> {
    for (let at = next++; at < items.length; at = next++) {
      results[at] = await act(items[at] as T);
      emit({ type: "progress", label: LABEL, done: ++done, total: items.length, unit: "files" });
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  return results;
}
