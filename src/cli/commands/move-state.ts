/** Owns `unfork serve move-state`: the state from the server's folder to a PostgreSQL, or back. */
import { resolve } from "node:path";
import type { Command } from "commander";

import type { MovedState } from "../../store/state/move/move-rows.js";
import { UnforkError } from "../../support/errors.js";
import { table } from "../../support/table.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { databaseUrlOf, expectState, keepFilesPrivate } from "../server-folder.js";
import { type Terminal, openTerminal } from "../terminal.js";

interface MoveOptions extends GlobalOptions {
  readonly dir: string;
  readonly database?: string;
  readonly back?: boolean;
  readonly dryRun?: boolean;
}

export function addMoveState(serve: Command, setExitCode: SetExitCode): void {
  const command = serve
    .command("move-state")
    .description("Move the state from the folder to the PostgreSQL of DATABASE_URL, or back; stop the servers first.")
    .option("--back", "from the database into the folder, which has no state yet")
    .option("--dry-run", "copy and compare all of it, then take it back: only empty tables stay");
  withExamples(command, [
    "DATABASE_URL=postgresql://unfork@db/unfork unfork serve move-state --dir /var/lib/unfork",
    "DATABASE_URL=postgresql://unfork@db/unfork unfork serve move-state --dir /var/lib/unfork --back",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await moveState(globalsOf(self) as MoveOptions)));
}

async function moveState(options: MoveOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { back = false, dryRun: rehearse = false } = options;
  const dir = resolve(options.dir);
  const databaseUrl = wantedDatabase(options);
  if (!back) await expectState(dir);
  keepFilesPrivate();
  const server = await import("../../server/move-state.js");
  const moved = await server.moveState({ dir, databaseUrl, back, rehearse, tell: terminal.message });
  if (options.json === true) terminal.result(JSON.stringify(moved, null, 2));
  else tellMoved(moved, terminal);
  return EXIT.done;
}

function wantedDatabase(options: MoveOptions): string {
  const url = databaseUrlOf(options);
  if (url !== undefined) return url;
  throw new UnforkError("usage", `which PostgreSQL is the state to be moved ${options.back === true ? "from" : "to"}?`, {
    hint: "name it with DATABASE_URL=postgresql://USER:PASSWORD@HOST/NAME, which others on this machine do not see",
  });
}

const WORDS: Readonly<Record<MovedState["status"], string>> = {
  moved: "moved",
  rehearsed: "it would be moved so: all was copied, compared and taken back",
  already: "it had been moved before; the old state is marked now",
};

const NEXT: Readonly<Record<MovedState["to"], string>> = {
  postgresql: "start the server with the same --dir and DATABASE_URL",
  pglite: "start the server with the same --dir and without DATABASE_URL",
};

function tellMoved({ status, to, tables, auditHead }: MovedState, terminal: Terminal): void {
  const columns = [{ head: "table" }, { head: "rows", align: "right" as const }, { head: "SHA-256 of the rows" }];
  const rows = tables.map((one) => [one.table, String(one.rows), one.digest.slice(0, 16)]);
  terminal.result(table(columns, rows, { width: terminal.width }).join("\n"));
  terminal.message(`${WORDS[status]}; audit head ${auditHead}`);
  if (status !== "rehearsed") terminal.message(NEXT[to]);
}
