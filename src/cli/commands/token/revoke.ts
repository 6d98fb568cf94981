/** Owns `unfork token revoke`: a token that counts no longer. */
import type { Command } from "commander";

import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";
import { type PlaceOptions, addPlaceOptions, atPlace } from "./place.js";

export function addTokenRevoke(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("revoke")
    .description("End a token; servers that have seen it let it go within five seconds.")
    .argument("<id>", "the token's id, the 12 digits in its middle");
  addPlaceOptions(command);
  withExamples(command, ["unfork token revoke 0123456789ab"]);
  command.action(async (id: string, _local: unknown, self: Command) => setExitCode(await revoke(id, globalsOf(self) as PlaceOptions)));
}

async function revoke(id: string, options: PlaceOptions): Promise<number> {
  const terminal = openTerminal(options);
  await atPlace<void>(options, {
    local: async (state) => (await import("../../../server/core/tokens.js")).endToken(state, id, { name: "local" }),
    remote: (server) => server.delete(`/api/v1/tokens/${encodeURIComponent(id)}`),
  });
  terminal.result(options.json === true ? JSON.stringify({ revoked: id }) : `revoked ${id}`);
  return EXIT.done;
}
