/** Owns `unfork api snapshot`: what a library's public headers declare, as one file. */
import { resolve } from "node:path";
import { type Command, Option } from "commander";

import { snapshotText, writeSnapshot } from "../../../api/snapshot-file.js";
import { ENGINES, type EngineName } from "../../../api/snapshot/find-engine.js";
import { takeSnapshot } from "../../../api/snapshot/take-snapshot.js";
import { EMPTY_NAME_MAP } from "../../../model/api-name-map.js";
import type { ApiSnapshot } from "../../../model/api-snapshot.js";
import { readSurface } from "../../../shim/read-surface.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { snapshotSummary } from "./snapshot-text.js";

interface SnapshotOptions extends GlobalOptions {
  readonly headers: readonly string[];
  readonly root?: readonly string[];
  readonly include?: readonly string[];
  readonly compileCommands?: string;
  readonly cxxflag?: readonly string[];
  readonly language?: ApiSnapshot["language"];
  readonly std?: string;
  readonly out?: string;
  readonly engine?: EngineName;
  readonly keepGoing?: boolean;
  readonly instances?: readonly string[];
  readonly surface?: string;
  readonly flavor?: string;
}

export function addSnapshot(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("snapshot")
    .description("Read what a library's public headers declare into one file: classes, functions, types, constants, macros.")
    .requiredOption("--headers <glob...>", "headers by path or glob, relative to the working directory, --root or --include")
    .option("--root <dir...>", "what lies below is the API (default: the include folder of each header, or its own folder)")
    .option("--include <dir...>", "include folders, searched in this order")
    .option(
      "--compile-commands <file>",
      "take include folders, macros, language and standard from the commands of the sources that include the headers",
    )
    .option("--cxxflag <flag>", "a flag for the compiler, repeatable: --cxxflag=-DNDEBUG", collect)
    .addOption(
      new Option("--language <language>", "what the headers are read as (default: that of the commands, else c++)").choices(["c", "c++"]),
    )
    .option("--std <standard>", "the language's standard: c++20, c11 (default: that of the commands, else the compiler's)")
    .option(
      "--instances <name...>",
      "instances of templates beside those that the headers use: 'meter::Clamp<int>', 'meter::Level::{Of,At}<{int,double}>'",
    )
    .option("--surface <file>", "a shim's surface file, whose instances are asked for")
    .option("--flavor <name>", "the flavor whose suffix names in the headers bear (default: legacy or latest)")
    .option("--out <file>", "write the snapshot there (default: to stdout)")
    .option("--keep-going", "read headers with errors as far as they go, and record the errors");
  command.addOption(
    new Option(
      "--engine <engine>",
      "what reads the headers (default: libclang; clang-json, a spawned clang's AST, where that is missing)",
    ).choices(ENGINES),
  );
  withExamples(command, [
    "unfork api snapshot --headers 'include/**/*.h' --root include --out legacy.api.json",
    "unfork api snapshot --headers 'api/audio/*.h' --root src --include src third_party/abseil-cpp --std c++20 --out latest.api.json",
    "unfork api snapshot --headers /usr/include/zlib.h --language c --out zlib.api.json",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await snapshot(globalsOf(self) as SnapshotOptions)));
}

/** Takes a repeated option's values together. */
function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

async function snapshot(options: SnapshotOptions): Promise<number> {
  const terminal = openTerminal(options);
  const surface = options.surface === undefined ? undefined : (await readSurface(options.surface)).surface;
  const taken = await takeSnapshot({
    headers: options.headers,
    roots: options.root ?? [],
    includes: options.include ?? [],
    flags: options.cxxflag ?? [],
    language: options.language,
    standard: options.std,
    compileCommands: options.compileCommands,
    keepGoing: options.keepGoing === true,
    engine: options.engine,
    instances: {
      texts: [...(options.instances ?? []), ...(surface?.instances ?? [])],
      flavors: options.flavor === undefined ? ["legacy", "latest"] : [options.flavor],
      map: surface?.map ?? EMPTY_NAME_MAP,
    },
  });
  if (options.out === undefined || options.json === true) terminal.result(snapshotText(taken).trimEnd());
  if (options.out !== undefined) {
    await writeSnapshot(resolve(options.out), taken);
    if (options.json !== true) terminal.result(snapshotSummary(taken, options.out));
  }
  return EXIT.done;
}
