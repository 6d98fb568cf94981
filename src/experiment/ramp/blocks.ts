/** Owns what keeps an experiment from being raised besides its own figures: freezes, and use cases that it depends on. */
import type { Reason } from "../../model/decision.js";
import type { Experiment } from "../../model/experiment.js";
import { type RampEntry, isActive } from "./entry.js";
import { freezeAt } from "./freeze.js";

/** Reasons for not raising now; none when it may go on. `entries`: all experiments of the project. */
export function raiseBlocks(experiment: Experiment, entries: readonly RampEntry[], at: string): Reason[] {
  const freeze = freezeAt(experiment.freeze, at);
  const frozen: Reason[] = freeze === undefined ? [] : [{ code: "freeze", text: `nothing is raised now: ${freeze.reason}` }];
  return [...frozen, ...openDependencies(experiment, entries)];
}

function openDependencies(experiment: Experiment, entries: readonly RampEntry[]): Reason[] {
  const open = experiment.dependsOn.filter((useCase) => !isPromoted(useCase, experiment, entries));
  return open.map((useCase) => ({ code: "dependency", text: `waits for the use case ${useCase}, which is not promoted yet` }));
}

/** Promoted to the same release: that of an older campaign does not count. */
function isPromoted(useCase: string, { to }: Experiment, entries: readonly RampEntry[]): boolean {
  return entries.some(
    ({ experiment, ramp }) =>
      experiment.useCase === useCase && experiment.to.release === to.release && (ramp.state === "promoted" || ramp.state === "done"),
  );
}

/** Active experiments that depend on this one's use case, directly or over others: they stop with it. */
export function dependents(experiment: Experiment, entries: readonly RampEntry[]): RampEntry[] {
  const stopped = new Set([experiment.useCase]);
  const found = new Set<RampEntry>();
  for (let before = -1; before !== found.size;) {
    before = found.size;
    for (const entry of entries) {
      if (found.has(entry) || !isActive(entry) || entry.experiment.id === experiment.id) continue;
      if (!entry.experiment.dependsOn.some((useCase) => stopped.has(useCase))) continue;
      found.add(entry);
      stopped.add(entry.experiment.useCase);
    }
  }
  return [...found];
}
