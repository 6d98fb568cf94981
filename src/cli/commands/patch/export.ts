/** Owns `unfork patch export`: a feature's patches as files. */
import { type Command, Option } from "commander";

import { exportAlone } from "../../../patches/export/export-alone.js";
import { EXPORT_FORMATS, type ExportFormat } from "../../../patches/text/export-formats/export-input.js";
import { canonicalJson } from "../../../support/hash.js";
import { printable } from "../../../support/style.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { placeOf } from "./cards.js";

interface ExportOptions extends GlobalOptions {
  readonly repo?: string;
  readonly release: string;
  readonly for: ExportFormat;
  readonly out: string;
  readonly replace?: boolean;
}

export function addExport(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("export")
    .description(
      "Write a feature's patches for others: a mailbox, a quilt series, Electron's or Mozilla's folder, one change for a review.",
    )
    .argument("<feature>", "its name")
    .requiredOption("--release <release>", "the release whose branch is exported")
    .requiredOption("--out <dir>", "the folder: there whole, or not at all")
    .addOption(
      new Option("--for <format>", "gerrit and github: one change with the purpose as its text").choices(EXPORT_FORMATS).default("mbox"),
    )
    .option("--repo <dir>", "the repository (default: the project's, or the one here)")
    .option("--replace", "write over what stands in the folder");
  withExamples(command, [
    "unfork patch export echo-control --release M150 --repo webrtc --out echo",
    "unfork patch export echo-control --release M150 --for gerrit --out review",
  ]);
  command.action(async (feature: string, _local: unknown, self: Command) => {
    const options = globalsOf(self) as ExportOptions;
    const { release, out, replace } = options;
    const place = await placeOf(options);
    const result = await exportAlone({ ...place, feature, release, format: options.for, out, replace: replace === true });
    const text = `${printable(out)}: ${result.commits.length} commits of ${printable(`${feature}/${release}`)} for ${options.for}, ${result.files.length} files`;
    openTerminal(options).result(options.json === true ? canonicalJson(result, 2) : text);
    setExitCode(EXIT.done);
  });
}
