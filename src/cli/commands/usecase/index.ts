/** Owns the group `unfork usecase`: the register, and both flavors compared on it. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addUseCaseAdd } from "./add.js";
import { addUseCaseBisect } from "./bisect.js";
import { addUseCaseCatch } from "./catch.js";
import { addUseCaseCompare } from "./compare.js";
import { addUseCaseList } from "./list.js";
import { addUseCaseRetire } from "./retire.js";
import { addUseCaseRun } from "./run.js";
import { addUseCaseShadow } from "./shadow.js";
import { addUseCaseShow } from "./show.js";
import { addUseCaseStage } from "./stage.js";

/** Adds one command of the group. */
type AddToGroup = (group: Command, setExitCode: SetExitCode) => void;

const ADDERS: readonly AddToGroup[] = [
  addUseCaseList,
  addUseCaseShow,
  addUseCaseAdd,
  addUseCaseStage,
  addUseCaseRun,
  addUseCaseCompare,
  addUseCaseShadow,
  addUseCaseBisect,
  addUseCaseCatch,
  addUseCaseRetire,
];

export function addUseCase(program: Command, setExitCode: SetExitCode): void {
  const group = program.command("usecase").description("Keep the register of use cases, run them, compare both flavors on each.");
  for (const add of ADDERS) add(group, setExitCode);
}
