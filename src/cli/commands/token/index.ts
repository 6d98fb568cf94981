/** Owns the group `unfork token`. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addTokenCreate } from "./create.js";
import { addTokenList } from "./list.js";
import { addTokenRevoke } from "./revoke.js";

export function addToken(program: Command, setExitCode: SetExitCode): void {
  const group = program
    .command("token")
    .description("Make, list and revoke tokens of a server: on its folder or database while it is stopped or shared, or over HTTP.");
  for (const add of [addTokenCreate, addTokenList, addTokenRevoke]) add(group, setExitCode);
}
