/** Owns the one page of figures that tells how everything stands. */
import type { FastifyInstance } from "fastify";

import { RAMP_STATES } from "../../model/experiment.js";
import type { TelemetryStats } from "../../model/telemetry.js";
import { isExpired } from "../../experiment/assignment/judge-seed.js";
import { raisesNow } from "../../experiment/ramp/base-payload.js";
import { isUnconfirmed } from "../../experiment/ramp/entry.js";
import type { Core } from "../core/core.js";
import { storedEntries } from "../core/entries.js";

export function addStatusRoute(app: FastifyInstance, core: Core, telemetry?: () => TelemetryStats): void {
  app.get("/api/v1/status", async () => {
    const entries = await storedEntries(core.db, core.project);
    const seed = core.publisher.current();
    const count = (state: string) => entries.filter(({ ramp }) => ramp.state === state).length;
    return {
      project: core.project,
      at: core.now().toISOString(),
      haltKey: core.haltKey.id,
      seed:
        seed === undefined
          ? null
          : {
              version: seed.version,
              base: seed.base.version,
              expires: seed.base.expires,
              expired: isExpired(seed.base, seed.halt, core.now().getTime()),
            },
      experiments: Object.fromEntries(RAMP_STATES.map((state) => [state, count(state)])),
      waitsForSignature: raisesNow(entries, core.now().toISOString()).map(({ experiment }) => experiment),
      unconfirmed: entries.filter(isUnconfirmed).map(({ experiment }) => experiment.id),
      // Null on a server beside another that takes events in.
      telemetry: telemetry?.() ?? null,
    };
  });
}
