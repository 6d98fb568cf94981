/** Owns `unfork shim check`: whether a shim is what its inputs give, compiles, and how much it covers. */
import { join, resolve } from "node:path";
import type { Command } from "commander";

import { checkCompile } from "../../../shim/check/check-compile.js";
import { checkFreshness } from "../../../shim/check/check-freshness.js";
import { coverageOf } from "../../../shim/manifest/coverage.js";
import { percent } from "../../../shim/manifest/coverage-markdown.js";
import { readShimManifest } from "../../../shim/read-manifest.js";
import { MANIFEST_FILE } from "../../../shim/write-shim.js";
import { UnforkError } from "../../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { compilersOf } from "./compilers.js";
import { pairsOf } from "./shim-request.js";

interface CheckOptions extends GlobalOptions {
  readonly include?: readonly string[];
  readonly compiler?: readonly string[];
  readonly cxxflag?: readonly string[];
  readonly std: string;
}

export function addShimCheck(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("check")
    .description("Tell whether a shim is what its snapshots and surface give, whether it compiles, and how much it covers.")
    .argument("[dir]", "the shim's folder", ".")
    .option("--include <flavor=dir...>", "compile units and tests too, with these include folders of each flavor's isolated tree")
    .option("--compiler <command...>", "compilers to try (default: g++ and clang++, where they are)")
    .option("--std <standard>", "the language's standard", "c++17")
    .option("--cxxflag <flag>", "a flag for the compiler, repeatable: --cxxflag=-DNDEBUG", collect);
  withExamples(command, [
    "unfork shim check meter_shim",
    "unfork shim check meter_shim --include legacy=isolated/legacy/include latest=isolated/latest/include",
    "unfork shim check shim --include legacy=a latest=b --compiler clang++ --std c++20 --json",
  ]);
  command.action(async (dir: string, _local: unknown, self: Command) => setExitCode(await check(dir, globalsOf(self) as CheckOptions)));
}

function collect(value: string, earlier: readonly string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

async function check(dir: string, options: CheckOptions): Promise<number> {
  const terminal = openTerminal(options);
  const folder = resolve(dir);
  const manifest = readShimManifest(join(folder, MANIFEST_FILE));
  const includes = includesOf(
    options.include,
    manifest.flavors.map(({ name }) => name),
  );
  const compilers = includes === undefined ? [] : await compilersOf(options.compiler);
  const fresh = await checkFreshness(folder, manifest);
  const built =
    includes === undefined
      ? { findings: [], compiled: 0 }
      : await checkCompile(folder, manifest, { includes, compilers, standard: options.std, flags: options.cxxflag ?? [] });
  const findings = [...fresh, ...built.findings];
  const { left, byClass, ...coverage } = coverageOf(manifest);
  if (options.json === true) {
    terminal.result(JSON.stringify({ dir, findings, coverage, byClass, left, compilers, compiled: built.compiled }, null, 2));
  } else {
    const at = (path: string, line: number): string => `${join(dir, path)}${line === 0 ? "" : `:${line}`}`;
    for (const { kind, path, line, text } of findings) terminal.result(`${kind}: ${at(path, line)}: ${text}`);
    const tried = built.compiled === 0 ? "not compiled (give --include)" : `${built.compiled} units compiled by ${compilers.join(" and ")}`;
    terminal.result(
      `${manifest.namespace}: ${findings.length === 0 ? "fresh" : findings.length === 1 ? "1 finding" : `${findings.length} findings`}, ${tried}, ` +
        `${percent(coverage)} generated, ${coverage.handWritten} by hand, ${coverage.unsupported} unsupported`,
    );
  }
  return findings.length === 0 ? EXIT.done : EXIT.gate;
}

function includesOf(given: readonly string[] | undefined, flavors: readonly string[]): ReadonlyMap<string, readonly string[]> | undefined {
  if (given === undefined) return undefined;
  const found = new Map<string, string[]>();
  for (const [flavor, dir] of pairsOf(given, "--include", "legacy=DIR latest=DIR")) {
    if (!flavors.includes(flavor)) throw new UnforkError("usage", `--include ${flavor}: the shim's flavors are ${flavors.join(" and ")}`);
    found.set(flavor, [...(found.get(flavor) ?? []), resolve(dir)]);
  }
  return found;
}
