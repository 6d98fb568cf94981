/** Owns the making of seeds over HTTP: what should be signed next, and what was signed. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { envelopeSchema } from "../../model/seed.js";
import { listKeys } from "../../store/state/keys.js";
import { listSeeds } from "../../store/state/seeds.js";
import { acceptBase } from "../core/accept-base.js";
import type { Core } from "../core/core.js";
import { proposeBase } from "../core/proposal.js";
import { actorOf, bodyOf, limitSchema, queryOf } from "./read-body.js";

const uploadBody = z.strictObject({ base: envelopeSchema });
const listQuery = z.strictObject({ from: z.coerce.number().int().min(0).default(0), limit: limitSchema });

export function addSeedRoutes(app: FastifyInstance, core: Core): void {
  app.get("/api/v1/seeds", async (request) => {
    const { from, limit } = queryOf(listQuery, request);
    const rows = await listSeeds(core.db, core.project, from, limit);
    return {
      seeds: rows.map(({ version, kind, baseVersion, digest, keyId, storedAt, envelope }) => ({
        version,
        kind,
        baseVersion,
        digest,
        keyId,
        storedAt,
        envelope: JSON.parse(envelope) as unknown,
      })),
    };
  });
  app.get("/api/v1/seeds/proposal", () => proposeBase(core));
  app.post("/api/v1/seeds", async (request, reply) => {
    const { base } = bodyOf(uploadBody, request);
    return reply.code(201).send(await acceptBase(core, base, actorOf(request)));
  });
  app.get("/api/v1/keys", async () => {
    const rows = await listKeys(core.db, core.project);
    return {
      keys: rows.map(({ id, role, publicKey, origin, addedAt, revokedAt }) => ({ id, role, publicKey, origin, addedAt, revokedAt })),
    };
  });
}
