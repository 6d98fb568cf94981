/** Owns `unfork serve verify-audit`: whether the audit log is whole, read from the state itself. */
import { resolve } from "node:path";
import type { Command } from "commander";

import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { openTerminal } from "../terminal.js";

interface VerifyOptions extends GlobalOptions {
  readonly dir: string;
  readonly database?: string;
  readonly since?: string;
}

export function addVerifyAudit(serve: Command, setExitCode: SetExitCode): void {
  const command = serve
    .command("verify-audit")
    .description("Check the audit log's chain of hashes: an altered, removed or inserted row is told.")
    .option("--since <hash>", "a head that was noted earlier: it must be in the chain, or the end was cut off");
  withExamples(command, ["unfork serve verify-audit --dir /var/lib/unfork"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await verify(globalsOf(self) as VerifyOptions)));
}

async function verify(options: VerifyOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { openState } = await import("../../store/state/open-state.js");
  const { verifyAudit } = await import("../../store/state/audit-log.js");
  const databaseUrl = options.database ?? process.env["DATABASE_URL"];
  const state = await openState({ dir: resolve(options.dir), ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  try {
    const verdict = await verifyAudit(state.db, options.since);
    const text =
      verdict.status === "intact"
        ? `intact: ${verdict.rows} rows, head ${verdict.head}`
        : `broken at row ${verdict.seq}: ${verdict.reason}`;
    terminal.result(options.json === true ? JSON.stringify(verdict, null, 2) : text);
    return verdict.status === "intact" ? EXIT.done : EXIT.gate;
  } finally {
    await state.close();
  }
}
