/** Owns the API under /api/v1: all that operators, signers and readers do. */
import type { FastifyInstance } from "fastify";

import type { TelemetryStats } from "../model/telemetry.js";
import type { Core } from "./core/core.js";
import type { LookAt } from "./core/looked.js";
import { addAccessRoutes } from "./routes/access.js";
import { addExperimentRoutes } from "./routes/experiments.js";
import { addRolloutRoutes } from "./routes/rollouts.js";
import { addSeedRoutes } from "./routes/seeds.js";
import { addStatusRoute } from "./routes/status.js";

/** What there is of telemetry; a server without it analyses nothing. */
export interface TelemetryParts {
  readonly lookAt: LookAt;
  readonly stats: () => TelemetryStats;
}

export function addApi(app: FastifyInstance, core: Core, telemetry?: TelemetryParts): void {
  addStatusRoute(app, core, telemetry?.stats);
  addExperimentRoutes(app, core, telemetry?.lookAt);
  addRolloutRoutes(app, core);
  addSeedRoutes(app, core);
  addAccessRoutes(app, core);
}
