/** Owns `unfork shim inject`: a component with deep ties to a library, built twice from one source. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";

import { inject, type InjectResult } from "../../../shim/inject/inject.js";
import type { InjectFlavor, InjectRequest } from "../../../shim/inject/model.js";
import { UnforkError } from "../../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { compilersOf } from "./compilers.js";
import { pairsOf } from "./shim-request.js";

interface InjectOptions extends GlobalOptions {
  readonly component: string;
  readonly library?: readonly string[];
  readonly flavor: readonly string[];
  readonly out: string;
  readonly namespace?: readonly string[];
  readonly name?: readonly string[];
  readonly public?: readonly string[];
  readonly exclude?: readonly string[];
  readonly shim?: string;
  readonly include?: readonly string[];
  readonly compiler?: readonly string[];
  readonly std?: readonly string[];
  readonly cxxflag?: readonly string[];
  readonly dryRun?: boolean;
}

export function addInject(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("inject")
    .description("Build a component with deep ties to the library twice from one source, and show both flavors in one header.")
    .argument("<dir>", "the component's folder")
    .requiredOption("--component <name>", "the component's name in files, targets and macros")
    .requiredOption("--flavor <flavor=dir...>", "include folders of each flavor's isolated tree, the older release first")
    .requiredOption("--out <dir>", "the folder for the generated files")
    .optionsGroup("What the component is:")
    .option("--library <namespace...>", "namespaces of the library, besides those that its headers show with the flavor's name")
    .option("--namespace <namespace...>", "its namespaces (default: what its public headers have in common)")
    .option("--name <name...>", 'names of its own outside of them that get the flavor, too, as those of extern "C"')
    .option("--public <file...>", "its public headers (default: those below include/, else all)")
    .option("--exclude <glob...>", "files that are no part of it, as in '*_test.cc'")
    .option("--shim <dir>", "the library's shim, which takes in what public headers expose that read the library's")
    .optionsGroup("How it is compiled:")
    .option("--include <dir...>", "include folders of the application")
    .option("--compiler <command...>", "compilers to try (default: g++ and clang++, where they are)")
    .option("--std <standard...>", "the standards of C++ and of C (default: c++17 gnu11)")
    .option("--cxxflag <flag>", "a flag for the compiler, repeatable: --cxxflag=-DNDEBUG", collect)
    .option("--dry-run", "read and compile, write nothing");
  withExamples(command, [
    "unfork shim inject app/recorder --component recorder --flavor legacy=isolated/legacy/include latest=isolated/latest/include --out flavored",
    "unfork shim inject recorder --component recorder --library meter --flavor legacy=a latest=b --out flavored --exclude '*_test.cc' --dry-run --json",
  ]);
  command.action(async (dir: string, _local: unknown, self: Command) =>
    setExitCode(await runInject(dir, globalsOf(self) as InjectOptions)),
  );
}

function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

async function runInject(dir: string, options: InjectOptions): Promise<number> {
  const terminal = openTerminal(options);
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UnforkError("input-missing", `${dir} is no folder`, { hint: "name the component's folder", context: { path: dir } });
  const request: InjectRequest = {
    folder: resolve(dir),
    component: word(options.component, "--component"),
    library: (options.library ?? []).map((one) => word(one, "--library")),
    flavors: flavorsOf(options.flavor),
    namespaces: options.namespace ?? [],
    names: (options.name ?? []).map((one) => word(one, "--name")),
    publicHeaders: options.public ?? [],
    includes: (options.include ?? []).map((path) => resolve(path)),
    exclude: options.exclude ?? [],
    shim: options.shim === undefined ? undefined : resolve(options.shim),
    compilers: await compilersOf(options.compiler),
    standard: options.std?.find((one) => one.includes("++")) ?? "c++17",
    cStandard: options.std?.find((one) => !one.includes("++")) ?? "gnu11",
    flags: options.cxxflag ?? [],
  };
  const result = await inject(request, resolve(options.out), options.dryRun === true);
  if (options.json === true) terminal.result(JSON.stringify({ dir, ...result, compilers: request.compilers }, null, 2));
  else for (const line of lines(dir, request, result, options)) terminal.result(line);
  return result.findings.length === 0 ? EXIT.done : EXIT.gate;
}

function lines(
  dir: string,
  request: InjectRequest,
  { findings, headers, namespaces, names, sources, files, units }: InjectResult,
  options: InjectOptions,
): string[] {
  const at = (path: string, line: number): string => `${path.startsWith("/") ? path : join(dir, path)}${line === 0 ? "" : `:${line}`}`;
  const what =
    namespaces.length === 0
      ? `${names.length} names become ${request.flavors.map(({ name }) => `NAME_${name}`).join(" and ")}`
      : namespaces.map((each) => `${each} becomes ${request.flavors.map(({ name }) => `${each}_${name}`).join(" and ")}`).join(", ");
  return [
    ...findings.map(({ kind, path, line, text }) => `${kind}: ${at(path, line)}: ${text}`),
    ...files.map((path) => `${options.dryRun === true ? "would write" : "wrote"} ${join(options.out, path)}`),
    `${request.component}: ${what}; ${sources.length} ${sources.length === 1 ? "source" : "sources"}, ${units} compilations by ${request.compilers.join(" and ")}; ` +
      `${headers.shown.length} of ${headers.shown.length + headers.left.length + headers.inShim.length} public headers show both; ` +
      (headers.inShim.length === 0 ? "" : `${headers.inShim.length} in the shim; `) +
      (findings.length === 0 ? "nothing found" : findings.length === 1 ? "1 finding" : `${findings.length} findings`),
  ];
}

function word(text: string, flag: string): string {
  if (/^[A-Za-z_]\w*$/.test(text)) return text;
  throw new UnforkError("usage", `${flag} ${text} is no identifier`, { hint: "letters, digits and underscores: it becomes part of names" });
}

function flavorsOf(given: readonly string[]): readonly [InjectFlavor, InjectFlavor] {
  const found = new Map<string, string[]>();
  for (const [name, dir] of pairsOf(given, "--flavor", "legacy=DIR latest=DIR")) {
    if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new UnforkError("input-missing", `--flavor ${name}=${dir}: no such folder`, {
        hint: "name include folders of the isolated tree",
      });
    found.set(word(name, "--flavor"), [...(found.get(name) ?? []), resolve(dir)]);
  }
  const [legacy, latest, ...more] = [...found].map(([name, includes]) => ({ name, includes }));
  if (legacy !== undefined && latest !== undefined && more.length === 0) return [legacy, latest];
  throw new UnforkError("usage", "--flavor names include folders of two flavors", {
    hint: "as in --flavor legacy=isolated/legacy latest=isolated/latest, the older release first",
  });
}
