/** Owns the group `unfork patch`, for all who add a command to it, and that its commands show the core's warnings. */
import type { Command } from "commander";

import { listen } from "../../../support/bus.js";
import { globalsOf } from "../../command.js";
import { openTerminal } from "../../terminal.js";

export function patchGroup(program: Command): Command {
  return program
    .command("patch")
    .description("Keep patches as features on upstream's own history, and port them to each release.")
    .hook("preAction", (_group, command) => {
      const terminal = openTerminal(globalsOf(command));
      listen((event) => {
        if (event.type === "finding" && event.severity === "warning") terminal.message(`warning: ${event.message}`);
      });
    });
}
