/** Owns `unfork serve verify-audit`: whether the audit log is whole, read from the state itself or told by the server. */
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";

import type { AuditVerdict } from "../../store/state/audit-log.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { type ConnectionOptions, addConnectionOptions, connect } from "../connection.js";
import { EXIT } from "../exit-codes.js";
import { SERVER_FOLDER, databaseUrlOf, expectState, keepFilesPrivate, meansServer } from "../server-folder.js";
import { openTerminal } from "../terminal.js";

interface VerifyOptions extends GlobalOptions, ConnectionOptions {
  readonly dir: string;
  readonly database?: string;
  readonly since?: string;
}

export function addVerifyAudit(serve: Command, setExitCode: SetExitCode): void {
  const command = serve
    .command("verify-audit")
    .description("Check the audit log's chain of hashes: an altered, removed or inserted row is told.")
    .option("--since <hash>", "a head that was noted earlier: it must be in the chain, or the end was cut off", hash);
  addConnectionOptions(command);
  withExamples(command, [
    "unfork serve verify-audit --dir /var/lib/unfork",
    "unfork serve verify-audit --url https://unfork.example --token-file reader.token",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await verify(globalsOf(self) as VerifyOptions)));
}

async function verify(options: VerifyOptions): Promise<number> {
  const terminal = openTerminal(options);
  // The option of `unfork serve` has a value where none was told.
  const dir = options.dir === SERVER_FOLDER ? undefined : options.dir;
  const verdict = meansServer({ ...options, dir }) ? await overHttp(options) : await inState(options);
  const text =
    verdict.status === "intact" ? `intact: ${verdict.rows} rows, head ${verdict.head}` : `broken at row ${verdict.seq}: ${verdict.reason}`;
  terminal.result(options.json === true ? JSON.stringify(verdict, null, 2) : text);
  return verdict.status === "intact" ? EXIT.done : EXIT.gate;
}

/** Read on the server's machine; a server that has the folder open keeps it to itself. */
async function inState(options: VerifyOptions): Promise<AuditVerdict> {
  const { openState } = await import("../../store/state/open-state.js");
  const { verifyAudit } = await import("../../store/state/audit-log.js");
  const databaseUrl = databaseUrlOf(options);
  if (databaseUrl === undefined) await expectState(resolve(options.dir));
  keepFilesPrivate();
  const state = await openState({ dir: resolve(options.dir), ...(databaseUrl === undefined ? {} : { databaseUrl }) });
  try {
    return await verifyAudit(state.db, options.since);
  } finally {
    await state.close();
  }
}

/** What the server itself says of its log. */
async function overHttp(options: VerifyOptions): Promise<AuditVerdict> {
  const server = await connect(options);
  return server.get(`/api/v1/audit/verify${options.since === undefined ? "" : `?since=${options.since}`}`);
}

function hash(text: string): string {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new InvalidArgumentError("it must be 64 hexadecimal digits, as a head is.");
  return text;
}
