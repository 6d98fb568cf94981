/** Owns the group `unfork patch`. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addPatchAudit } from "./audit.js";
import { addCandidate } from "./candidate.js";
import { addCard, addList, addShow } from "./cards.js";
import { addExport } from "./export.js";
import { addForecast } from "./forecast.js";
import { patchGroup } from "./group.js";
import { addImport } from "./import.js";
import { addIntake } from "./intake.js";
import { addPort } from "./port.js";
import { addWhy } from "./why.js";
import { addAbort, addContinue, addEdit, addSkip } from "./waiting.js";

export function addPatch(program: Command, setExitCode: SetExitCode): void {
  const group = patchGroup(program);
  for (const add of [
    addIntake,
    addImport,
    addExport,
    addList,
    addShow,
    addCard,
    addPort,
    addEdit,
    addContinue,
    addSkip,
    addAbort,
    addCandidate,
    addPatchAudit,
    addForecast,
    addWhy,
  ])
    add(group, setExitCode);
}
