/** Owns whether the server lives, and whether it is ready to work: for proxies and watchdogs. */
import { sql } from "drizzle-orm";
import type { FastifyInstance } from "fastify";

import { toolVersion } from "../../support/version.js";
import type { Core } from "../core/core.js";

export function addHealthRoutes(app: FastifyInstance, { db, publisher }: Core): void {
  app.get("/healthz", async () => ({ status: "ok", version: toolVersion() }));
  // An unreachable database throws, and is answered by 503.
  app.get("/readyz", async () => {
    await db.execute(sql`select 1`);
    return { status: "ok", seed: publisher.current()?.version ?? null };
  });
}
