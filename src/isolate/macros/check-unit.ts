/** Owns the compilers' word on a unit: which headers do not compile by themselves, and whether the whole compiles. */
import { relative, resolve } from "node:path";

import type { UnitReport } from "../../model/isolation-headers.js";
import { UnforkError } from "../../support/errors.js";
import { type CommandResult, run } from "../../support/exec.js";
import { shellLine } from "../../support/shell-line.js";

export interface CompilerRequest {
  /** `g++`, `clang++`: C++; without `++`: C. */
  readonly compiler: string;
  readonly flags: readonly string[];
  /** Absolute folder of the generated headers. */
  readonly includeFolder: string;
  /** Absolute; relative includes start here. */
  readonly folder: string;
}

/** One error of a compiler. */
export interface CompileError {
  /** As the compiler names it. */
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** Line of the main text whose include led there; 0 when none is told. */
  readonly from: number;
}

const ROUNDS = 12;

/** Makes the main text with some of the includes, and tells the line of each. */
export type MainText = (includes: readonly string[]) => { readonly text: string; readonly lineOf: ReadonlyMap<number, string> };

/**
 * Those among `includes` that do not compile, with the first error of each. Undefined when the compiler is not installed.
 * A missing file ends a compilation, so these are looked for first, by the preprocessor alone, each time behind the last one.
 * A header that does not compile by itself may spoil those behind it that include it: they are tried once more, each alone.
 */
export async function brokenIncludes(
  request: CompilerRequest,
  includes: readonly string[],
  textOf: MainText,
): Promise<Map<string, CompileError> | undefined> {
  const broken = new Map<string, CompileError>();
  for (let left = includes; left.length > 0;) {
    const found = await errorsByInclude(request, "-E", left, textOf);
    if (found === undefined) return undefined;
    const [first] = found;
    if (first === undefined) break;
    broken.set(...first);
    left = left.slice(left.indexOf(first[0]) + 1);
  }
  const missing = new Set(broken.keys());
  const leaveOut = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) {
      const left = includes.filter((path) => !broken.has(path));
      const found = await errorsByInclude(request, "-fsyntax-only", left, textOf);
      if (found === undefined || found.size === 0) break;
      for (const [path, error] of found) broken.set(path, error);
    }
  };
  await leaveOut();
  const again = [...broken.keys()].filter((path) => !missing.has(path)).toReversed();
  if (again.length === 0) return broken;
  const mended: string[] = [];
  for (const group of again.length > MOST_ALONE ? [again] : again.map((path) => [path])) {
    const still = await errorsByInclude(request, "-fsyntax-only", group, textOf);
    mended.push(...group.filter((path) => still?.has(path) === false));
  }
  for (const path of mended) broken.delete(path);
  if (mended.length > 0) await leaveOut();
  return broken;
}

/** So many headers are tried alone once more; of more than these all together. */
const MOST_ALONE = 24;

async function errorsByInclude(
  request: CompilerRequest,
  mode: string,
  includes: readonly string[],
  textOf: MainText,
): Promise<Map<string, CompileError> | undefined> {
  const { text, lineOf } = textOf(includes);
  const result = await compileText(request, mode, text);
  if (result === undefined) return undefined;
  const found = new Map<string, CompileError>();
  for (const error of result.code === 0 ? [] : errorsOf(result.stderr, "<stdin>")) {
    const path = lineOf.get(error.from);
    if (path !== undefined && !found.has(path)) found.set(path, error);
  }
  return found;
}

/** What files below none of `roots` have to do with names: the system's, and the compiler's own. */
export interface Foreign {
  /** Macros that they define last. */
  readonly macros: ReadonlySet<string>;
  /** Words that stand in them. */
  readonly words: ReadonlySet<string>;
}

/** Asks the compiler what the text includes of others; undefined when it is not installed. */
export async function foreignNames(request: CompilerRequest, text: string, roots: readonly string[]): Promise<Foreign | undefined> {
  const args = [...commonArgs(request), "-E", "-dD", "-"];
  const result = await tolerant(() => run({ command: request.compiler, args, cwd: request.folder, input: text }));
  if (result === undefined) return undefined;
  const macros = new Set<string>();
  const words = new Set<string>();
  let own = false;
  for (const line of result.stdout.toString("latin1").split("\n")) {
    const [, file, name] = /^(?:# \d+ "([^"]*)"|#define (\w+))/.exec(line) ?? [];
    if (file !== undefined) own = roots.some((root) => resolve(request.folder, file).startsWith(`${root}/`)) || file === "<stdin>";
    else if (name !== undefined && own) macros.delete(name);
    else if (name !== undefined) macros.add(name);
    else if (!own) for (const word of line.match(/[A-Za-z_]\w*/g) ?? []) words.add(word);
  }
  return { macros, words };
}

async function compileText(request: CompilerRequest, mode: string, input: string): Promise<CommandResult | undefined> {
  const sink = mode === "-E" ? ["-o", "/dev/null"] : [];
  return tolerant(() => run({ command: request.compiler, args: [...commonArgs(request), mode, ...sink, "-"], cwd: request.folder, input }));
}

/** Compiles the unit's file. `alone` are the main texts with the headers of one flavor each, tried when the unit fails. */
export async function buildUnit(
  request: CompilerRequest,
  unit: string,
  alone: ReadonlyMap<string, string>,
): Promise<UnitReport["builds"][0]> {
  const args = [...commonArgs(request), "-fsyntax-only", unit];
  const result = await tolerant(() => run({ command: request.compiler, args, cwd: request.folder }));
  const status = result === undefined ? "missing" : result.code === 0 ? "compiled" : "failed";
  const errors = errorsOf(result?.stderr ?? "", unit).map(({ file, line, message }) => `${file}:${line}: ${message}`);
  const refused: string[] = [];
  for (const [flavor, text] of status === "failed" ? alone : [])
    if ((await compileText(request, "-fsyntax-only", text))?.code !== 0) refused.push(flavor);
  return { compiler: request.compiler, command: unitCommand(request, unit), status, errors, refused };
}

/** The command for a shell in the user's folder. */
export function unitCommand(request: CompilerRequest, unit: string): string {
  const words = [...languageArgs(request), ...request.flags, "-I", shortPath(request.includeFolder), "-fsyntax-only", shortPath(unit)];
  return shellLine([request.compiler, ...words]);
}

/** Relative to the user's folder, unless that is longer. */
function shortPath(path: string): string {
  const near = relative(process.cwd(), path) || ".";
  return near.length < path.length ? near : path;
}

function commonArgs(request: CompilerRequest): string[] {
  const limits = /clang/.test(request.compiler)
    ? ["-ferror-limit=0", "-fno-caret-diagnostics", "-fno-color-diagnostics"]
    : ["-fmax-errors=0", "-fno-diagnostics-show-caret"];
  return [...languageArgs(request), ...request.flags, "-w", ...limits, "-I", request.includeFolder];
}

function languageArgs({ compiler }: CompilerRequest): string[] {
  return ["-x", /\+\+[-.\w]*$/.test(compiler) ? "c++" : "c"];
}

async function tolerant(start: () => Promise<CommandResult>): Promise<CommandResult | undefined> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof UnforkError && error.code === "tool-missing") return undefined;
    throw error;
  }
}

/**
 * The errors that GCC or Clang wrote; both tell the include chain before a diagnostic in words of GCC's format
 * (`In file included from F:L:` and, in GCC, `from F:L,`). GCC tells a chain once for all diagnostics of a file.
 */
export function errorsOf(stderr: string, main: string): CompileError[] {
  const errors: CompileError[] = [];
  let from = 0;
  let chain = false;
  for (const line of stderr.split("\n")) {
    const link =
      /^(?:In file included)? +from (.+?):(\d+)(?::\d+)?[:,]$/.exec(line) ?? /^In file included from (.+?):(\d+)(?::\d+)?[:,]$/.exec(line);
    if (link !== null) {
      if (!chain) from = 0;
      chain = true;
      if (link[1] === main) from = Number(link[2]);
      continue;
    }
    chain = false;
    const found = /^(.+?):(\d+)(?::\d+)?: (?:fatal )?error: (.*)$/.exec(line);
    if (found === null) continue;
    const [, file = "", at = "0", message = ""] = found;
    errors.push({ file, line: Number(at), message, from: file === main ? Number(at) : from });
  }
  return errors;
}
