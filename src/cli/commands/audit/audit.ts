/** Owns `unfork audit`: what two flavors in one program would share without a word of the linker. */
import { type Command, Option } from "commander";

import { auditFiles } from "../../../audit/audit-files.js";
import { loadBaseline, withoutKnown } from "../../../audit/allow-list.js";
import { isAtLeast } from "../../../audit/finding.js";
import type { AuditResult, Severity } from "../../../model/audit.js";
import { renderAudit } from "../../../report/audit/index.js";
import { shellWords } from "../../../toolchain/compile-database.js";
import { toolVersion } from "../../../support/version.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { type ReporterOptions, addReporterOptions, writeRendered } from "../../reporters.js";
import { openTerminal } from "../../terminal.js";
import { type AuditInputOptions, addInputOptions, filesToAudit } from "./options.js";

interface AuditOptions extends AuditInputOptions, ReporterOptions {
  readonly failOn: Severity;
  readonly baseline?: string;
  readonly probe?: boolean;
  readonly compiler: string;
  readonly link?: string;
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
  command
    .optionsGroup("At run time:")
    .option("--probe", "also build and run a program of all flavors that asks whether casts, catch clauses and inline variables cross")
    .option("--compiler <cxx>", "the probe's compiler: g++ or clang++", "g++")
    .option("--link <flags>", "further arguments of the probe's link, as in --link='-Lsysroot/lib -lfoo'");
  addReporterOptions(command);
  withExamples(command, [
    "unfork audit --flavor legacy=old/libaudio.a --flavor latest=new/libaudio.a",
    "unfork audit --flavor legacy=build/legacy --flavor latest=build/latest --shared build/libabsl.a --allow audit.yaml",
    "unfork audit --flavor legacy=a.a --flavor latest=b.a --probe",
    "unfork audit --single build/legacy/libaudio.a --flavor legacy",
    "unfork audit baseline --flavor legacy=old.a --flavor latest=new.a --out audit-baseline.json",
    "unfork audit --flavor legacy=old.a --flavor latest=new.a --baseline audit-baseline.json --reporter sarif --output audit.sarif",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await audit(globalsOf(self) as AuditOptions)));
  return command;
}

async function audit(options: AuditOptions): Promise<number> {
  const terminal = openTerminal(options);
  const probe = options.probe === true ? { probe: { compiler: options.compiler, link: shellWords(options.link ?? "") } } : {};
  const whole = await auditFiles({ ...(await filesToAudit(options)), ...probe });
  const result = options.baseline === undefined ? whole : withoutKnown(whole, await loadBaseline(options.baseline));
  const tool = { name: "unfork", version: toolVersion() } as const;
  await writeRendered(options, terminal, (format, look) =>
    renderAudit(format, result, tool, { ...look, verbose: options.verbose === true }),
  );
  return failsAt(result, options.failOn) ? EXIT.gate : EXIT.done;
}

/** A finding at or above the limit, or something that crossed as the probe ran. */
function failsAt({ findings, probe }: AuditResult, limit: Severity): boolean {
  if (probe !== undefined && (!probe.linked || probe.crossings.length > 0)) return true;
  return findings.some(({ severity }) => isAtLeast(severity, limit));
}
