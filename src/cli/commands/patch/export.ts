/** Owns `unfork patch export`: a feature's patches as files. */
import { type Command, Option } from "commander";

import { exportAlone } from "../../../patches/export/export-alone.js";
import { EXPORT_FORMATS, type ExportFormat } from "../../../patches/text/export-formats/export-input.js";
import { UnforkError } from "../../../support/errors.js";
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
  readonly layers?: string;
  readonly layer?: string;
}

export function addExport(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("export")
    .description(
      "Write a feature's patches for others: a mailbox, a quilt series, Electron's or Mozilla's folder, one change for a review.",
    )
    .argument("[feature]", "its name; with --layers all features and series where none is named")
    .requiredOption("--release <release>", "the release whose branch is exported")
    .requiredOption("--out <dir>", "the folder: there whole, or not at all")
    .addOption(
      new Option("--for <format>", "gerrit and github: one change with the purpose as its text").choices(EXPORT_FORMATS).default("mbox"),
    )
    .option("--repo <dir>", "the repository (default: the project's, or the one here)")
    .option("--layer <name>", "in a project: only its files in this layer of the configuration, with paths from the layer's root")
    .option("--layers <file>", "the layers file: patches of every layer, in folders of the layers' names")
    .option("--replace", "write over what stands in the folder");
  withExamples(command, [
    "unfork patch export echo-control --release M150 --repo webrtc --out echo",
    "unfork patch export echo-control --release M150 --for gerrit --out review",
    "unfork patch export --layers layers.yaml --release M150 --out patches",
  ]);
  command.action(async (feature: string | undefined, _local: unknown, self: Command) => {
    const options = globalsOf(self) as ExportOptions;
    if (options.layers !== undefined) return await overLayers(options, feature, options.layers, setExitCode);
    if (feature === undefined) throw new UnforkError("usage", "which feature?", { hint: "unfork patch list shows them" });
    const { release, out, replace } = options;
    const place = await placeOf(options);
    const only = options.layer === undefined ? {} : { layer: { name: options.layer, layers: place.layers ?? [] } };
    const result = await exportAlone({ ...place, ...only, feature, release, format: options.for, out, replace: replace === true });
    const text = `${printable(out)}: ${result.commits.length} commits of ${printable(`${feature}/${release}`)} for ${options.for}, ${result.files.length} files`;
    openTerminal(options).result(options.json === true ? canonicalJson(result, 2) : text);
    setExitCode(EXIT.done);
  });
}

async function overLayers(options: ExportOptions, feature: string | undefined, layers: string, setExitCode: SetExitCode): Promise<void> {
  const { release, out, repo, replace } = options;
  if (repo !== undefined) throw new UnforkError("usage", "--layers names the repositories itself", { hint: "leave --repo out" });
  const { exportLayers } = await import("../../../patches/layers/export-layers.js");
  const result = await exportLayers({ layers, feature, release, format: options.for, out, replace: replace === true });
  const lines = result.exports.map(({ out: folder, commits, feature: name, path }) =>
    printable(`${folder}: ${commits.length} commits of ${name}, paths from ${path === "." ? "the root" : path}`),
  );
  openTerminal(options).result(options.json === true ? canonicalJson(result, 2) : lines.join("\n"));
  setExitCode(EXIT.done);
}
