/** Owns `unfork patch audit`: whether a port lost a line. */
import type { Command } from "commander";

import { auditAlone } from "../../../patches/line-audit/audit-alone.js";
import { patchAuditText } from "../../../report/patch-audit.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface AuditOptions extends GlobalOptions {
  readonly repo: string;
  readonly name: string;
  readonly series?: string;
  readonly onto?: string;
  readonly result?: string;
}

export function addPatchAudit(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("audit")
    .description("Show what became of every added and removed line of a ported stack: present, upstreamed, explained, or lost.")
    .option("--repo <dir>", "the repository", ".")
    .option("--name <name>", "the port's name", "port")
    .optionsGroup("Of a stack that was carried over by other means:")
    .option("--series <old-base..tip>", "the patches as they were")
    .option("--onto <new-base>", "the base they were carried to")
    .option("--result <ref>", "what came out");
  withExamples(command, [
    "unfork patch audit --repo webrtc",
    "unfork patch audit --repo webrtc --series m120..ours-120 --onto m150 --result ours-150",
  ]);
  command.action(async (_local: unknown, self: Command) => {
    const options = globalsOf(self) as AuditOptions;
    const other = otherOf(options);
    const audit = await auditAlone({ repo: options.repo, name: options.name, ...(other === undefined ? {} : { other }) });
    const terminal = openTerminal(options);
    const text = () => patchAuditText(audit, { color: terminal.color, verbose: options.verbose === true });
    terminal.result(options.json === true ? canonicalJson(audit, 2) : text());
    setExitCode(audit.lines.lost === 0 && audit.patches.every(({ waits }) => !waits) ? EXIT.done : EXIT.gate);
  });
}

function otherOf({ series, onto, result }: AuditOptions) {
  if (series === undefined && onto === undefined && result === undefined) return undefined;
  if (series !== undefined && onto !== undefined && result !== undefined) return { series, onto, result };
  throw new UnforkError("usage", "--series, --onto and --result are wanted together", { hint: "unfork patch audit --help shows examples" });
}
