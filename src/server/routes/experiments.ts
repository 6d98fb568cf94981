/** Owns experiments over HTTP: taken in, listed, shown with their evidence, analysed at once. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";

import type { Decision } from "../../model/decision.js";
import { isStopped } from "../../experiment/ramp/entry.js";
import { type DecisionRow, listAttributions, listDecisions } from "../../store/state/decisions.js";
import { findExperiment } from "../../store/state/experiments.js";
import { listPhases } from "../../store/state/phases.js";
import { UnforkError } from "../../support/errors.js";
import type { Core } from "../core/core.js";
import { type StoredEntry, entryIn, storedEntries } from "../core/entries.js";
import { createExperiment } from "../core/experiments.js";
import type { LookAt, Looked } from "../core/looked.js";
import { actorOf, bodyOf, idOf, limitSchema, queryOf } from "./read-body.js";

const anyObject = z.record(z.string(), z.unknown());
const listQuery = z.strictObject({ limit: limitSchema });

export function addExperimentRoutes(app: FastifyInstance, core: Core, lookAt: LookAt | undefined): void {
  app.get("/api/v1/experiments", async () => ({
    experiments: (await storedEntries(core.db, core.project)).map(({ experiment, ramp }) => ({ experiment, ramp })),
  }));
  app.post("/api/v1/experiments", async (request, reply) => {
    const experiment = await createExperiment(core, bodyOf(anyObject, request), actorOf(request));
    return reply.code(201).send({ experiment });
  });
  app.get("/api/v1/experiments/:id", async (request) => {
    const { experiment, ramp } = await entryFor(core, idOf(request));
    const [phases, decisions, attributions] = [
      await listPhases(core.db, core.project, experiment.id),
      await listDecisions(core.db, core.project, experiment.id, 1),
      await listAttributions(core.db, core.project, experiment.id),
    ];
    return {
      experiment,
      ramp,
      phases: phases.map(({ phase, stage, percent, arms, seedVersion, beganAt, endedAt }) => ({
        phase,
        stage,
        percent,
        arms,
        seedVersion,
        beganAt,
        endedAt,
      })),
      decision: decisions[0] === undefined ? null : decisionView(decisions[0]),
      attributions: attributions.map(({ at, attribution }) => ({ at, attribution })),
    };
  });
  app.get("/api/v1/experiments/:id/decisions", async (request) => {
    const { limit } = queryOf(listQuery, request);
    const { experiment } = await entryFor(core, idOf(request));
    return { decisions: (await listDecisions(core.db, core.project, experiment.id, limit)).map(decisionView) };
  });
  app.get("/api/v1/decisions", async (request) => {
    const { limit } = queryOf(listQuery, request);
    return { decisions: (await listDecisions(core.db, core.project, undefined, limit)).map(decisionView) };
  });
  app.post("/api/v1/experiments/:id/analyze", async (request) => {
    if (lookAt === undefined) throw new UnforkError("state-invalid", "this server has no telemetry to analyse");
    const { experiment } = await entryFor(core, idOf(request));
    const [looked] = await lookAt([experiment.id]);
    return looked ?? (await whatStopped(core, experiment.id));
  });
}

/** Nothing is decided on an experiment that was stopped: the decision that it ended with. Throws `state-invalid`. */
async function whatStopped(core: Core, id: string): Promise<Looked> {
  const entry = await entryFor(core, id);
  const [last] = await listDecisions(core.db, core.project, id, 1);
  if (last === undefined || !isStopped(entry)) throw new UnforkError("state-invalid", `${id} is not running: there is nothing to decide`);
  return { decision: last.decision as Decision, changed: { ramp: entry.ramp, stoppedWith: [] } };
}

/** One experiment. Throws `input-missing`. */
export async function entryFor(core: Core, id: string): Promise<StoredEntry> {
  const row = await findExperiment(core.db, core.project, id);
  if (row === undefined) throw new UnforkError("input-missing", `there is no experiment '${id}'`, { hint: "unfork experiment list" });
  return entryIn(row);
}

/** A decision with what became of it. */
function decisionView({ id, decision, seedVersion, confirmedAt }: DecisionRow) {
  return { id, decision: decision as Decision, seedVersion, confirmedAt };
}
