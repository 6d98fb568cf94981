/** Owns jobs over HTTP: workers pull them, so that labs behind a firewall need no way in. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";

import { labJobSchema, labResultSchema, labelSchema } from "../../model/lab-job.js";
import { appendAudit } from "../../store/state/audit-log.js";
import type { Core } from "../core/core.js";
import type { LabQueue } from "../jobs/lab-queue.js";
import { actorOf, bodyOf, idOf, limitSchema, queryOf } from "./read-body.js";

const lease = z.string().regex(/^[0-9a-f]{32}$/);
const leaseBody = z.strictObject({ worker: z.string().min(1).max(100), labels: z.array(labelSchema).max(50) });
const heartbeatBody = z.strictObject({ lease });
const resultBody = z.strictObject({ lease, result: labResultSchema });

/** A comparison's document of many use cases. */
const RESULT_LIMIT = 8 * 1024 * 1024;

export function addJobRoutes(app: FastifyInstance, core: Core, lab: LabQueue): void {
  app.get("/api/v1/jobs", async (request) => ({ jobs: await lab.list(queryOf(z.strictObject({ limit: limitSchema }), request).limit) }));
  app.post("/api/v1/jobs", async (request, reply) => {
    const job = bodyOf(labJobSchema, request);
    const id = await lab.add(job);
    const entry = { at: core.now().toISOString(), project: core.project, actor: actorOf(request).name, action: "job.add", subject: id };
    await appendAudit(core.db, { ...entry, detail: { job } });
    return reply.code(201).send({ id });
  });
  app.post("/api/v1/jobs/lease", async (request, reply) => {
    const { worker, labels } = bodyOf(leaseBody, request);
    const leased = await lab.lease(`${worker} (${request.caller?.id ?? ""})`, labels);
    return leased === undefined ? reply.code(204).send() : leased;
  });
  app.post("/api/v1/jobs/:id/heartbeat", async (request, reply) => {
    const kept = await lab.heartbeat(idOf(request), bodyOf(heartbeatBody, request).lease);
    return kept ? { kept } : lost(reply);
  });
  app.post("/api/v1/jobs/:id/result", { bodyLimit: RESULT_LIMIT }, async (request, reply) => {
    const { lease: word, result } = bodyOf(resultBody, request);
    return (await lab.finish(idOf(request), word, result)) ? reply.code(204).send() : lost(reply);
  });
}

function lost(reply: FastifyReply): FastifyReply {
  return reply.code(409).send({ error: { code: "state-invalid", message: "the lease has ended: the job is another's, or done" } });
}
