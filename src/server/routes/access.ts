/** Owns tokens and the audit log over HTTP. */
import type { FastifyInstance } from "fastify";
import { z } from "zod";

import { auditRows, newestAuditRows, verifyAudit } from "../../store/state/audit-log.js";
import { listTokens } from "../../store/state/tokens.js";
import type { Core } from "../core/core.js";
import { createToken, endToken } from "../core/tokens.js";
import { actorOf, bodyOf, idOf, limitSchema, queryOf } from "./read-body.js";

/** Over HTTP nobody makes a token that may do more than an operator: those are made on the server's machine. */
const tokenBody = z.strictObject({
  role: z.enum(["ingest", "reader", "worker"]),
  name: z.string().trim().min(1).max(100),
  days: z.number().int().min(1).max(3650).optional(),
});
const auditQuery = z.strictObject({ after: z.coerce.number().int().min(0).optional(), limit: limitSchema });
const verifyQuery = z.strictObject({
  since: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

export function addAccessRoutes(app: FastifyInstance, core: Core): void {
  app.get("/api/v1/tokens", async () => {
    const rows = await listTokens(core.db, core.project);
    return {
      tokens: rows.map(({ id, role, name, createdBy, createdAt, expiresAt, revokedAt }) => ({
        id,
        role,
        name,
        createdBy,
        createdAt,
        expiresAt,
        revokedAt,
      })),
    };
  });
  app.post("/api/v1/tokens", async (request, reply) => {
    const { days, ...rest } = bodyOf(tokenBody, request);
    return reply.code(201).send(await createToken(core, { ...rest, ...(days === undefined ? {} : { days }) }, actorOf(request)));
  });
  app.delete("/api/v1/tokens/:id", async (request, reply) => {
    await endToken(core, idOf(request), actorOf(request));
    return reply.code(204).send();
  });
  app.get("/api/v1/audit", async (request) => {
    const { after, limit } = queryOf(auditQuery, request);
    const rows = after === undefined ? await newestAuditRows(core.db, limit) : await auditRows(core.db, after, limit);
    return { rows: rows.map((row) => Object.assign(row, { detail: JSON.parse(row.detail) as unknown })) };
  });
  app.get("/api/v1/audit/verify", (request) => verifyAudit(core.db, queryOf(verifyQuery, request).since));
}
