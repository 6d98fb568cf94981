/** Owns `--reporter` and `--output`: which formats are written, and where to. */
import { stat, writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";

import type { RunReport } from "../model/report.js";
import { REPORT_FORMATS, type ReportFormat, renderReport } from "../report/index.js";
import type { ReportOptions } from "../report/options.js";
import { UnforkError, fileError } from "../support/errors.js";
import { writeFileAtomic } from "../support/fs.js";
import type { Terminal } from "./terminal.js";

export interface ReporterOptions {
  readonly reporter?: readonly ReportFormat[];
  readonly output?: readonly string[];
  readonly json?: boolean;
}

export function addReporterOptions(command: Command): void {
  command
    .optionsGroup("What to print:")
    .addOption(
      new Option("--reporter <name...>", "format of the result, repeatable (default: text, or json under --json)").choices(REPORT_FORMATS),
    )
    .option("--output <file...>", "where each --reporter goes, in the same order (default: stdout)");
}

/** Writes the report once per reporter; those without an output of their own go to stdout. */
export async function writeReports(report: RunReport, options: ReporterOptions, terminal: Terminal): Promise<void> {
  await writeRendered(options, terminal, (format, look) => renderReport(format, report, look));
}

/** Writes one text per reporter; those without an output of their own go to stdout. */
export async function writeRendered(
  options: ReporterOptions,
  terminal: Terminal,
  render: (format: ReportFormat, look: ReportOptions) => string,
): Promise<void> {
  const names = options.reporter ?? [options.json === true ? "json" : "text"];
  const outputs = options.output ?? [];
  if (outputs.length > names.length)
    throw new UnforkError("usage", `${outputs.length} --output for ${names.length} --reporter`, {
      hint: "give one --reporter per --output, in the same order",
    });
  for (const [index, name] of names.entries()) {
    const file = outputs[index];
    if (file === undefined) terminal.result(render(name, { color: terminal.color, width: terminal.width }).replace(/\n$/, ""));
    else await writeTo(file, render(name, { color: false, width: 100 }));
  }
}

/** A device or a pipe (/dev/stdout, /dev/null) is written to; a file is replaced whole. */
async function writeTo(file: string, text: string): Promise<void> {
  const known = await stat(file).catch(() => undefined);
  if (known === undefined || known.isFile()) await writeFileAtomic(file, text);
  else await writeFile(file, text).catch((error: unknown) => Promise.reject(fileError("write", file, error)));
}
