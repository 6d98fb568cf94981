/** Owns the question to labs after a halt: what brought the harm in. */
import { bisectFor } from "../../experiment/attribution/attribute-halt.js";
import type { Decision } from "../../model/decision.js";
import type { Experiment } from "../../model/experiment.js";
import { messageOf } from "../../support/errors.js";
import type { LabQueue } from "./lab-queue.js";

/** Queues a bisection for any worker; the halt itself never waits for it, nor fails with it. */
export function bisectHalts(lab: LabQueue, log: (text: string) => void): (experiment: Experiment, decision: Decision) => void {
  return (experiment, decision) => {
    const wanted = bisectFor(experiment, decision);
    if (wanted === undefined) return;
    lab
      .add({ kind: "bisect", labels: [], experiment: experiment.id, ...wanted })
      .catch((error: unknown) => log(`no bisection of ${experiment.id} was queued: ${messageOf(error)}`));
  };
}
