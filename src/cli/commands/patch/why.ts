/** Owns `unfork patch why`: when and why a patch changed. */
import type { Command } from "commander";

import type { PatchWhy } from "../../../model/patch-why.js";
import { why } from "../../../patches/why/why.js";
import { canonicalJson } from "../../../support/hash.js";
import { painter, printable, withVisibleControls } from "../../../support/style.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface WhyOptions extends GlobalOptions {
  readonly repo: string;
  readonly name: string;
}

export function addWhy(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("why")
    .description("Tell what became of a patch in a port, why, when, and how it differs from what it was.")
    .argument("<patch>", "id of the patch, before or after the port, or how it begins")
    .option("--repo <dir>", "the repository", ".")
    .option("--name <name>", "the port's name", "port");
  withExamples(command, ["unfork patch why 1a2b3c4d --repo webrtc"]);
  command.action(async (patch: string, _local: unknown, self: Command) => {
    const options = globalsOf(self) as WhyOptions;
    const told = await why({ repo: options.repo, name: options.name, patch });
    const terminal = openTerminal(options);
    terminal.result(options.json === true ? canonicalJson(told, 2) : whyText(told, terminal.color));
    setExitCode(EXIT.done);
  });
}

function whyText({ port, outcome, explanation, lines, difference, history }: PatchWhy, color: boolean): string {
  const paint = painter(color);
  const now = outcome.commit === null ? "no commit" : outcome.commit.slice(0, 10);
  return [
    paint("strong", printable(`${outcome.patch.slice(0, 10)} ${outcome.subject}`)),
    `  in the port ${port}: ${outcome.status}, ${now}`,
    ...outcome.culprits.map((one) =>
      printable(`  since upstream's ${one.upstreamCommit.slice(0, 10)} (${one.date}) ${one.subject}: ${one.file}`).replace(/^/, "  "),
    ),
    ...outcome.evidence.map((line) => `  ${printable(line)}`),
    ...(explanation === null ? [] : [`  somebody said: ${printable(explanation)}`]),
    ...lines.map(({ file, sign, line, reason }) => `  ${printable(`${file}: ${sign}${line}`)}  ${paint("muted", printable(reason))}`),
    "",
    ...(difference === null ? [] : [withVisibleControls(difference), ""]),
    ...history.map(({ at, what }) => `  ${at}  ${printable(what)}`),
  ].join("\n");
}
