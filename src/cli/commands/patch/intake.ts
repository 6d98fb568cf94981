/** Owns `unfork patch intake`: an existing fork taken in. */
import type { Command } from "commander";

import { intake } from "../../../patches/intake/intake.js";
import { intakeText } from "../../../report/patch-intake.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface IntakeOptions extends GlobalOptions {
  readonly upstream?: string;
  readonly tip: string;
  readonly ref: readonly string[];
  readonly out?: string;
}

export function addIntake(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("intake")
    .description("Take an existing fork in: find the upstream commit it came from, and propose features for its own changes.")
    .argument("<fork>", "a git repository, or a folder with a copy of upstream's files")
    .option("--upstream <repo>", "a git repository with upstream's history (a clone, bare or not)")
    .option("--tip <ref>", "the fork's branch, tag or commit", "HEAD")
    .option(
      "--ref <ref>",
      "only this branch or tag of upstream's (repeatable; default: all)",
      (ref: string, refs: readonly string[]) => [...refs, ref],
      [],
    )
    .option("--out <dir>", "write the proposal there, to be edited (nothing is written into the fork)");
  withExamples(command, [
    "unfork patch intake ~/our-webrtc --upstream ~/webrtc.git",
    "unfork patch intake app/third_party/zlib --upstream zlib.git --out features",
    "unfork patch intake ~/our-webrtc --upstream ~/webrtc.git --tip our-m120 --ref branch-heads/6099 --json",
  ]);
  command.action(async (fork: string, _local: unknown, self: Command) => setExitCode(await run(fork, globalsOf(self) as IntakeOptions)));
}

async function run(fork: string, options: IntakeOptions): Promise<number> {
  const { upstream, tip, ref, out } = options;
  if (upstream === undefined)
    throw new UnforkError("usage", "--upstream is wanted", { hint: "name a clone of upstream: unfork patch intake FORK --upstream REPO" });
  const result = await intake({ fork, upstream, tip, refs: ref, out: out ?? null });
  const terminal = openTerminal(options);
  const { color, width } = terminal;
  terminal.result(
    options.json === true ? canonicalJson(result, 2) : intakeText(result, { color, width, verbose: options.verbose === true }),
  );
  return result.base === null ? EXIT.gate : EXIT.done;
}
