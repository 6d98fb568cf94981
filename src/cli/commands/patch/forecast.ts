/** Owns `unfork patch forecast`: what would break on upstream's head. */
import type { Command } from "commander";

import { forecast } from "../../../patches/forecast/forecast.js";
import { forecastText } from "../../../report/patch-forecast.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface ForecastOptions extends GlobalOptions {
  readonly repo: string;
  readonly upstream: string;
  readonly series?: string;
  readonly release?: string;
}

export function addForecast(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("forecast")
    .description("Port against upstream's head today, without writing a ref: which feature will break, on which commit, who wrote it.")
    .option("--repo <dir>", "the repository", ".")
    .requiredOption("--upstream <ref>", "upstream's head, fetched by you")
    .option("--series <old-base..tip>", "the patches")
    .option("--release <release>", "instead of --series: the branches <feature>/<release> on base/<release>");
  withExamples(command, [
    "unfork patch forecast --repo webrtc --series m120..our-webrtc --upstream origin/main",
    "unfork patch forecast --repo .unfork/patches.git --release M150 --upstream upstream/main --json",
  ]);
  command.action(async (_local: unknown, self: Command) => {
    const options = globalsOf(self) as ForecastOptions;
    const { repo, upstream, series, release } = options;
    const found = await forecast({
      repo,
      upstream,
      ...(series === undefined ? {} : { series }),
      ...(release === undefined ? {} : { release }),
    });
    const terminal = openTerminal(options);
    terminal.result(options.json === true ? canonicalJson(found, 2) : forecastText(found, terminal.color));
    const breaks = found.features.some(({ patches }) => patches.some(({ status }) => status === "conflict" || status === "cascade"));
    setExitCode(breaks ? EXIT.gate : EXIT.done);
  });
}
