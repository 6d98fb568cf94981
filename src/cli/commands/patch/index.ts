/** Owns the group `unfork patch`. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addPatchAudit } from "./audit.js";
import { addCandidate } from "./candidate.js";
import { addForecast } from "./forecast.js";
import { addPort } from "./port.js";
import { addWhy } from "./why.js";
import { addAbort, addContinue, addEdit, addSkip } from "./waiting.js";

export function addPatch(program: Command, setExitCode: SetExitCode): void {
  const group = program.command("patch").description("Keep patches as features on upstream's own history, and port them to each release.");
  for (const add of [addPort, addEdit, addContinue, addSkip, addAbort, addCandidate, addPatchAudit, addForecast, addWhy])
    add(group, setExitCode);
}
