/** Owns which files of an application a target names. */
import { existsSync, statSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

import { UnforkError } from "../../support/errors.js";
import type { CompileCommand } from "../../toolchain/compile-database.js";
import type { IncludeGraph } from "./include-graph.js";
import { isHeader } from "./source-text.js";

/**
 * A test over paths relative to the application. A target is a folder or a file, from the working directory or the application on, or a target
 * of the build: its sources by the compile database, with headers that nothing else of the database reads. Throws `usage`.
 */
export function targetTest(
  targets: readonly string[],
  app: string,
  commands: readonly CompileCommand[],
  graph: IncludeGraph,
): (file: string) => boolean {
  if (targets.length === 0) return () => true;
  const tests = targets.map((target) => pathTest(target, app) ?? buildTest(target, app, commands, graph));
  return (file) => tests.some((test) => test(file));
}

function pathTest(target: string, app: string): ((file: string) => boolean) | undefined {
  const path = [resolve(target), resolve(app, target)].find((one) => existsSync(one) && !relative(app, one).startsWith(".."));
  if (path === undefined) return undefined;
  const inside = relative(app, path).split(sep).join("/");
  if (!statSync(path).isDirectory()) return (file) => file === inside;
  return inside === "" ? () => true : (file) => file.startsWith(`${inside}/`);
}

function buildTest(target: string, app: string, commands: readonly CompileCommand[], graph: IncludeGraph): (file: string) => boolean {
  const inApp = (command: CompileCommand): string => relative(app, command.file).split(sep).join("/");
  const isOf = ({ arguments: words }: CompileCommand): boolean => words.some((word) => `/${word}`.includes(`/${target}.dir/`));
  const sources = new Set(commands.filter(isOf).map(inApp));
  if (sources.size === 0)
    throw new UnforkError("usage", `--target ${target}: this is no file or folder of ${app}, and no target of the compile database`, {
      hint: "name a folder, a file, or with --compile-commands a target of CMake's as its object files are named: CMakeFiles/NAME.dir/…",
    });
  const foreign = closure(commands.filter((command) => !isOf(command)).map(inApp), graph);
  const headers = new Set([...closure(sources, graph)].filter((file) => isHeader(file) && !foreign.has(file)));
  return (file) => sources.has(file) || headers.has(file);
}

function closure(files: Iterable<string>, graph: IncludeGraph): Set<string> {
  const all = new Set<string>();
  for (const file of files) for (const one of graph.closureOf(file)) all.add(one);
  return all;
}
