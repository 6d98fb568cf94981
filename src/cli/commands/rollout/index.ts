/** Owns the group `unfork rollout`: where the ramps stand, what people do to them, and the signatures that raise them. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addRolloutActions } from "./act.js";
import { addRolloutSign } from "./sign.js";
import { addRolloutStatus } from "./status.js";

export function addRollout(program: Command, setExitCode: SetExitCode): void {
  const group = program
    .command("rollout")
    .description("Start, hold, resume, raise and roll back experiments on a server; sign what raises exposure.");
  for (const add of [addRolloutStatus, addRolloutActions, addRolloutSign]) add(group, setExitCode);
}
