/** Owns the group `unfork experiment`: what is tried on which part of the fleet, and what was found. */
import type { Command } from "commander";

import type { SetExitCode } from "../../command.js";
import { addExperimentAnalyze } from "./analyze.js";
import { addExperimentList } from "./list.js";
import { addExperimentPlan } from "./plan.js";
import { addExperimentShow } from "./show.js";
import { addExperimentSimulate } from "./simulate.js";

export function addExperiment(program: Command, setExitCode: SetExitCode): void {
  const group = program
    .command("experiment")
    .description("Plan experiments on the fleet, analyze them, try their decisions on a simulated one.");
  for (const add of [addExperimentPlan, addExperimentList, addExperimentShow, addExperimentAnalyze, addExperimentSimulate])
    add(group, setExitCode);
}
