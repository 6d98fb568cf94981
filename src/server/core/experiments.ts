/** Owns the taking in of a planned experiment. */
import { type Experiment, experimentSchema } from "../../model/experiment.js";
import { newRamp } from "../../experiment/ramp/entry.js";
import { appendAudit } from "../../store/state/audit-log.js";
import { insertExperiment } from "../../store/state/experiments.js";
import { UnforkError } from "../../support/errors.js";
import { explainIssues } from "../../support/explain-issues.js";
import type { Actor, Core } from "./core.js";

/** Stores an experiment as a draft; from then on its plan stays as it is. Throws `input-invalid`, or `state-invalid` where its id is taken. */
export async function createExperiment(core: Core, input: unknown, actor: Actor): Promise<Experiment> {
  const parsed = experimentSchema.safeParse(input);
  if (!parsed.success) {
    throw new UnforkError(
      "input-invalid",
      `the experiment is not as it must be: ${explainIssues(parsed.error.issues, input, experimentSchema).join("; ")}`,
    );
  }
  const experiment = { ...parsed.data, state: "draft" as const };
  if (experiment.project !== core.project) {
    throw new UnforkError("input-invalid", `the experiment is of the project ${experiment.project}; this server has ${core.project}`, {
      hint: `plan it with --project ${core.project}, or serve its project: unfork serve --project ${experiment.project}`,
    });
  }
  const { id, useCase } = experiment;
  const at = core.now();
  await core.db.transaction(async (tx) => {
    const row = { project: core.project, id, useCase, definition: experiment, state: newRamp(experiment), status: "draft" };
    if (!(await insertExperiment(tx, { ...row, revision: 0, createdAt: at, updatedAt: at }))) {
      throw new UnforkError("state-invalid", `there is an experiment ${id} already`, {
        hint: "give it another id; an experiment's plan does not change",
      });
    }
    await appendAudit(tx, {
      at: at.toISOString(),
      project: core.project,
      actor: actor.name,
      action: "experiment.create",
      subject: id,
      detail: { useCase },
    });
  });
  return experiment;
}
