/** Owns `unfork shim generate`: one API over two releases, written as C++, with what it covers. */
import { resolve } from "node:path";
import type { Command } from "commander";

import { loadShim } from "../../../shim/load-shim.js";
import { coverageOf } from "../../../shim/manifest/coverage.js";
import { writeShim } from "../../../shim/write-shim.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { changeLines, generateText, problemLines, usedLines } from "./generate-text.js";
import { type RequestOptions, requestOf } from "./shim-request.js";

interface GenerateOptions extends GlobalOptions, RequestOptions {
  readonly out: string;
  readonly dryRun?: boolean;
}

export function addGenerate(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("generate")
    .description("Write one API over two releases as C++: header, an adapter unit per flavor, tests, manifest and coverage.")
    .optionsGroup("What it is made from:")
    .requiredOption("--flavor <name=snapshot...>", "both flavors' snapshots, the older release first")
    .option("--release <name=release...>", "what each flavor's release is called (default: as the flavor)")
    .option("--library <name>", "the library's name, which is its outermost namespace; the shim's is <name>_shim")
    .option("--surface <file>", "which part of the API, and what headers do not tell: YAML or JSON (see docs/shim.md)")
    .option("--archive <name=file...>", "a flavor's archives: leave out what headers declare and no archive defines")
    .option("--app <tree...>", "cover what these application trees use of the library")
    .optionsGroup("What is written:")
    .requiredOption("--out <dir>", "the shim's folder; what was edited there is merged")
    .option("--dry-run", "tell what would be written, write nothing");
  withExamples(command, [
    "unfork shim generate --flavor legacy=v1.api.json latest=v2.api.json --library meter --out meter_shim",
    "unfork shim generate --flavor legacy=m120.json latest=m150.json --release legacy=M120 latest=M150 --surface audio.yaml --out shim",
    "unfork shim generate --flavor legacy=v1.api.json latest=v2.api.json --library zlib --app src --out shim --dry-run",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await generate(globalsOf(self) as GenerateOptions)));
}

async function generate(options: GenerateOptions): Promise<number> {
  const terminal = openTerminal(options);
  const request = requestOf(options);
  const shim = await loadShim(request);
  const folder = resolve(options.out);
  const dryRun = options.dryRun === true;
  const written = await writeShim(folder, shim, request, dryRun);
  const { regeneration, manifest, orphans } = written;
  const failed = regeneration.problems.length > 0;
  if (options.json === true) {
    const { left, byClass, ...coverage } = coverageOf(manifest);
    const changes = regeneration.changes.map(({ path, outcome }) => ({ path, status: outcome.status }));
    const problems = regeneration.problems.map(({ path, outcome: { line, reason } }) => ({ path, line, reason }));
    const document = {
      out: options.out,
      written: !dryRun && !failed,
      coverage,
      byClass,
      left,
      used: shim.used,
      unmet: shim.unmet,
      changes,
      problems,
      orphans,
    };
    terminal.result(JSON.stringify(document, null, 2));
    return failed ? EXIT.gate : EXIT.done;
  }
  if (options.verbose === true) for (const line of usedLines(shim.used)) terminal.message(line);
  if (failed) {
    for (const line of problemLines(options.out, written)) terminal.complain(line);
    return EXIT.gate;
  }
  if (options.verbose === true || dryRun) for (const line of changeLines(options.out, written)) terminal.message(line);
  terminal.result(generateText(options.out, written, shim, dryRun, options.verbose === true).join("\n"));
  return EXIT.done;
}
