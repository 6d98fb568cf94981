/** Owns the API under /api/v1: all that operators, signers and readers do. */
import type { FastifyInstance } from "fastify";

import type { Core } from "./core/core.js";
import type { LookAt } from "./core/looked.js";
import { addAccessRoutes } from "./routes/access.js";
import { addExperimentRoutes } from "./routes/experiments.js";
import { addRolloutRoutes } from "./routes/rollouts.js";
import { addSeedRoutes } from "./routes/seeds.js";
import { addStatusRoute } from "./routes/status.js";

/** Without `lookAt` nothing is analysed: a server without telemetry. */
export function addApi(app: FastifyInstance, core: Core, lookAt?: LookAt): void {
  addStatusRoute(app, core);
  addExperimentRoutes(app, core, lookAt);
  addRolloutRoutes(app, core);
  addSeedRoutes(app, core);
  addAccessRoutes(app, core);
}
