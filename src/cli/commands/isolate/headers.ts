/** Owns `unfork isolate headers`: the macros and names that the headers of two flavors have in common, and a unit with both. */
import { type Command, Option } from "commander";
import { resolve } from "node:path";

import { compareHeaders, type FlavorTree } from "../../../isolate/macros/compare-headers.js";
import type { MacrosOf } from "../../../isolate/macros/unit-text.js";
import type { HeadersReport } from "../../../model/isolation-headers.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { headersText } from "./headers-text.js";

interface HeadersOptions extends GlobalOptions {
  readonly flavor: readonly string[];
  readonly header?: readonly string[];
  readonly include?: readonly string[];
  readonly cxxflag?: readonly string[];
  readonly compiler?: readonly string[];
  readonly macrosOf?: string;
  readonly out?: string;
}

export function addHeaders(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("headers")
    .description("Report every macro that the headers of both flavors define, with a verdict; write a unit that includes both.")
    .requiredOption("--flavor <name=dir>", "a flavor and its tree, isolated or not; twice", collect)
    .option("--header <glob...>", "headers that applications include, relative to the tree or an include root (default: all)")
    .option("--include <root...>", "include roots, relative to the trees (default: found from the include lines)")
    .option("--out <file>", "write a unit that includes the chosen headers of both flavors, and compile it")
    .option("--compiler <name...>", "compilers of the unit; names that end with ++ take it as C++ (default: g++ clang++)")
    .option("--cxxflag <flag>", "a flag for the compilers, repeatable: --cxxflag=-std=c++20", collect)
    .addOption(
      new Option("--macros-of <flavor>", "whose definition a macro that differs has behind the unit (default: the second flavor's)"),
    );
  withExamples(command, [
    "unfork isolate headers --flavor legacy=out/legacy --flavor latest=out/latest",
    "unfork isolate headers --flavor legacy=out/legacy --flavor latest=out/latest --header 'api/**/*.h' --out both.h --cxxflag=-std=c++20",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await headers(globalsOf(self) as HeadersOptions)));
}

/** Takes a repeated option's values together. */
function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

async function headers(options: HeadersOptions): Promise<number> {
  const terminal = openTerminal(options);
  const flavors = flavorsOf(options.flavor);
  const unit =
    options.out === undefined
      ? undefined
      : {
          out: resolve(options.out),
          compilers: options.compiler ?? ["g++", "clang++"],
          flags: options.cxxflag ?? [],
          macrosOf: macrosOf(options.macrosOf, flavors),
        };
  const report = await compareHeaders({ flavors, headers: options.header ?? [], includeRoots: options.include ?? [], unit });
  terminal.result(
    options.json === true
      ? canonicalJson(report, 2)
      : headersText(report, { color: terminal.color, width: terminal.width, all: options.verbose === true }),
  );
  return passes(report) ? EXIT.done : EXIT.gate;
}

/** No symbol or type that both define; and a unit, if there is one, with headers of both that compiles wherever both sets alone do. */
function passes({ names, namespaces, unit }: HeadersReport): boolean {
  const clashes = names.some(({ kind, verdict }) => verdict === "rename" && ["type", "enumeration", "function", "variable"].includes(kind));
  const failed = unit?.builds.some(({ status, refused }) => status === "failed" && refused.length === 0) === true;
  const isEmpty = unit !== null && Object.values(unit.headers).includes(0);
  const unproven = isEmpty || (unit !== null && !unit.builds.some(({ status }) => status === "compiled"));
  return !clashes && namespaces.length === 0 && !failed && !unproven;
}

function flavorsOf(given: readonly string[]): readonly [FlavorTree, FlavorTree] {
  const flavors = given.map((text) => {
    const at = text.indexOf("=");
    if (at < 1 || at === text.length - 1 || !/^\w+$/.test(text.slice(0, at)))
      throw usage(`--flavor ${text} is not of the form NAME=DIR`, "as in --flavor legacy=out/legacy");
    return { name: text.slice(0, at), path: resolve(text.slice(at + 1)) };
  });
  const [first, second] = flavors;
  if (first === undefined || second === undefined || flavors.length > 2)
    throw usage(`two flavors are compared, not ${flavors.length}`, "give --flavor twice: --flavor legacy=DIR --flavor latest=DIR");
  if (first.name === second.name) throw usage(`both flavors are called ${first.name}`, "give each its own name");
  return [first, second];
}

function macrosOf(given: string | undefined, [first, second]: readonly [FlavorTree, FlavorTree]): MacrosOf {
  if (given === undefined || given === second.name) return "second";
  if (given === first.name) return "first";
  throw usage(`--macros-of ${given} is none of the flavors`, `${first.name} or ${second.name}`);
}

function usage(message: string, hint: string): UnforkError {
  return new UnforkError("usage", message, { hint });
}
