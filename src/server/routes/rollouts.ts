/** Owns rollouts over HTTP: where one stands, and what a person may do to it. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { raiseBlocks } from "../../experiment/ramp/blocks.js";
import { stageNow } from "../../experiment/ramp/entry.js";
import type { Reason } from "../../model/decision.js";
import { BUCKETS } from "../../model/seed.js";
import { exposedBuckets } from "../../experiment/assignment/sign-seed.js";
import { UnforkError } from "../../support/errors.js";
import type { Core } from "../core/core.js";
import { storedEntries, storedEntry } from "../core/entries.js";
import { ROLLOUT_ACTIONS, actOnRollout, isRolloutAction } from "../core/rollout.js";
import { actorOf, bodyOf, idOf } from "./read-body.js";

const actionBody = z.strictObject({ reason: z.string().trim().min(1).max(1000) });

export function addRolloutRoutes(app: FastifyInstance, core: Core): void {
  async function blocksOf(id: string): Promise<Reason[]> {
    const entries = await storedEntries(core.db, core.project);
    return raiseBlocks(storedEntry(entries, id).experiment, entries, core.now().toISOString());
  }

  app.get("/api/v1/experiments/:id/rollout", async (request) => {
    const entries = await storedEntries(core.db, core.project);
    const entry = storedEntry(entries, idOf(request));
    const seed = core.publisher.current();
    const served = seed?.base.useCases[entry.experiment.useCase]?.experiment === entry.experiment.id;
    return {
      ramp: entry.ramp,
      stage: stageNow(entry) ?? null,
      stages: entry.experiment.stages,
      blocks: raiseBlocks(entry.experiment, entries, core.now().toISOString()),
      seed: seed?.version ?? null,
      // What devices that have this seed do, halts included.
      exposedPercent: seed !== undefined && served ? (exposedBuckets(seed.document, entry.experiment.useCase) / BUCKETS) * 100 : 0,
    };
  });
  app.post("/api/v1/experiments/:id/rollout/:action", async (request) => {
    const { action } = request.params as { readonly action: string };
    if (!isRolloutAction(action)) {
      throw new UnforkError("input-invalid", `there is no action '${action}'`, {
        hint: `one of ${Object.keys(ROLLOUT_ACTIONS).join(", ")}`,
      });
    }
    const { reason } = bodyOf(actionBody, request);
    const changed = await actOnRollout(core, idOf(request), action, reason, actorOf(request));
    return { ...changed, blocks: await blocksOf(idOf(request)) };
  });
}
