/** Owns `unfork token list`: which tokens there are, none of their secrets. */
import type { Command } from "commander";

import { type Column, table } from "../../../support/table.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type PlaceOptions, addPlaceOptions, atPlace } from "./place.js";

interface ListedToken {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly createdBy: string;
  readonly createdAt: Date | string;
  readonly expiresAt: Date | string | null;
  readonly revokedAt: Date | string | null;
}

export function addTokenList(group: Command, setExitCode: SetExitCode): void {
  const command = group.command("list").description("List tokens: role, name, who made them, until when they count.");
  addPlaceOptions(command);
  withExamples(command, ["unfork token list", "unfork token list --url https://unfork.example --token-file operator.token"]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await list(globalsOf(self) as PlaceOptions)));
}

async function list(options: PlaceOptions): Promise<number> {
  const terminal = openTerminal(options);
  const tokens = await atPlace<readonly ListedToken[]>(options, {
    local: async ({ db, project }) => (await import("../../../store/state/tokens.js")).listTokens(db, project),
    remote: async (server) => (await server.get<{ readonly tokens: readonly ListedToken[] }>("/api/v1/tokens")).tokens,
  });
  if (options.json === true) terminal.result(JSON.stringify(tokens.map(shown), null, 2));
  else if (tokens.length === 0) terminal.result("no tokens");
  else terminal.result(table(COLUMNS, tokens.map(rowOf), { width: terminal.width }).join("\n"));
  return EXIT.done;
}

const COLUMNS: readonly Column[] = [
  { head: "token" },
  { head: "role" },
  { head: "name", narrow: "cut" },
  { head: "made by", narrow: "cut" },
  { head: "made" },
  { head: "counts" },
];

/** Without the hash that a row of the state has. */
function shown({ id, role, name, createdBy, createdAt, expiresAt, revokedAt }: ListedToken): ListedToken {
  return { id, role, name, createdBy, createdAt, expiresAt, revokedAt };
}

function rowOf({ id, role, name, createdBy, createdAt, expiresAt, revokedAt }: ListedToken): string[] {
  const until = expiresAt === null ? "always" : `until ${day(expiresAt)}`;
  return [id, role, name, createdBy, day(createdAt), revokedAt === null ? until : `revoked ${day(revokedAt)}`];
}

function day(moment: Date | string): string {
  return new Date(moment).toISOString().slice(0, 10);
}
