/** Owns the group `unfork experiment`: what is tried on which part of the fleet, and what was found. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addExperimentSimulate } from "./simulate.js";

export function addExperiment(program: Command, setExitCode: SetExitCode): void {
  const group = program
    .command("experiment")
    .description("Plan experiments on the fleet, analyze them, try their decisions on a simulated one.");
  for (const add of [addExperimentSimulate]) add(group, setExitCode);
}
