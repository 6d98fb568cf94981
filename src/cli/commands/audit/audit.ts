/** Owns `unfork audit`: what two flavors in one program would share without a word of the linker. */
import { type Command, Option } from "commander";

import { auditFiles } from "../../../audit/audit-files.js";
import { loadBaseline, withoutKnown } from "../../../audit/allow-list.js";
import { isAtLeast } from "../../../audit/finding.js";
import type { AuditResult, Severity } from "../../../model/audit.js";
import { renderAudit } from "../../../report/audit/index.js";
import { toolVersion } from "../../../support/version.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { type ReporterOptions, addReporterOptions, writeRendered } from "../../reporters.js";
import { openTerminal } from "../../terminal.js";
import { type AuditInputOptions, addInputOptions, filesToAudit } from "./options.js";

interface AuditOptions extends AuditInputOptions, ReporterOptions {
  readonly failOn: Severity;
  readonly baseline?: string;
}

export function addAuditItself(program: Command, setExitCode: SetExitCode): Command {
  const command = program
    .command("audit")
    .description("Prove that two versions in one binary cannot touch each other: names, bodies, typeinfo, layouts, registries, state.")
    .enablePositionalOptions();
  addInputOptions(command);
  command
    .optionsGroup("What counts:")
    .option("--baseline <file>", "report only what this earlier audit did not (see: unfork audit baseline)")
    .addOption(
      new Option("--fail-on <severity>", "exit 1 on a finding at or above it").choices(["error", "warning", "note"]).default("error"),
    );
  addReporterOptions(command);
  withExamples(command, [
    "unfork audit --flavor legacy=old/libaudio.a --flavor latest=new/libaudio.a",
    "unfork audit --flavor legacy=build/legacy --flavor latest=build/latest --shared build/libabsl.a --allow audit.yaml",
    "unfork audit --single build/legacy/libaudio.a --flavor legacy",
    "unfork audit baseline --flavor legacy=old.a --flavor latest=new.a --out audit-baseline.json",
    "unfork audit --flavor legacy=old.a --flavor latest=new.a --baseline audit-baseline.json --reporter sarif --output audit.sarif",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await audit(globalsOf(self) as AuditOptions)));
  return command;
}

async function audit(options: AuditOptions): Promise<number> {
  const terminal = openTerminal(options);
  const whole = await auditFiles(await filesToAudit(options));
  const result = options.baseline === undefined ? whole : withoutKnown(whole, await loadBaseline(options.baseline));
  const tool = { name: "unfork", version: toolVersion() } as const;
  await writeRendered(options, terminal, (format, look) =>
    renderAudit(format, result, tool, { ...look, verbose: options.verbose === true }),
  );
  return failsAt(result, options.failOn) ? EXIT.gate : EXIT.done;
}

function failsAt({ findings }: AuditResult, limit: Severity): boolean {
  return findings.some(({ severity }) => isAtLeast(severity, limit));
}
