/** Owns the group `unfork audit`: the command itself and those beside it. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addAuditItself } from "./audit.js";
import { addBaseline } from "./baseline.js";

export function addAudit(program: Command, setExitCode: SetExitCode): void {
  addBaseline(addAuditItself(program, setExitCode), setExitCode);
}
