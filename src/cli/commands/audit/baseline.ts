/** Owns `unfork audit baseline`: today's findings are accepted, later audits report only new ones. */
import type { Command } from "commander";

import { auditFiles } from "../../../audit/audit-files.js";
import { baselineOf } from "../../../audit/allow-list.js";
import { auditHeadline } from "../../../report/audit/headline.js";
import { writeFileAtomic } from "../../../support/fs.js";
import { canonicalJson } from "../../../support/hash.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type AuditInputOptions, addInputOptions, filesToAudit } from "./options.js";

interface BaselineOptions extends AuditInputOptions {
  readonly out: string;
}

export function addBaseline(group: Command, setExitCode: SetExitCode): void {
  const command = group.command("baseline").description("Accept today's findings: later audits with --baseline report only new ones.");
  addInputOptions(command);
  command.option("--out <file>", "where the baseline goes", "audit-baseline.json");
  withExamples(command, ["unfork audit baseline --flavor legacy=old.a --flavor latest=new.a --out audit-baseline.json"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await baseline(globalsOf(self) as BaselineOptions)));
}

async function baseline(options: BaselineOptions): Promise<number> {
  const terminal = openTerminal(options);
  const result = await auditFiles(await filesToAudit(options));
  const known = baselineOf(result);
  await writeFileAtomic(options.out, `${canonicalJson(known, 2)}\n`);
  terminal.result(options.json === true ? canonicalJson(known, 2) : `${options.out}: ${auditHeadline(result)}`);
  return EXIT.done;
}
