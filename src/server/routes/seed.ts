/** Owns the seed over HTTP: a document that caches may keep, by its ETag. */
import type { FastifyInstance } from "fastify";

import type { Publisher } from "../core/publisher.js";

export interface SeedCaching {
  /** Seconds that a cache serves a seed without asking: a halt takes as long to get past it. */
  readonly maxAge: number;
  readonly privateSeed: boolean;
}

/** A day: devices judge by the seed's own expiry, and a cache that serves them while the server is away serves them well. */
const STALE_IF_ERROR = 86_400;

export function addSeedRoute(app: FastifyInstance, publisher: Publisher, { maxAge, privateSeed }: SeedCaching): void {
  const caching = `${privateSeed ? "private" : "public"}, max-age=${maxAge}, stale-if-error=${STALE_IF_ERROR}`;
  app.get("/v1/seed", async (request, reply) => {
    const seed = publisher.current();
    if (seed === undefined)
      return reply
        .code(404)
        .header("cache-control", "no-store")
        .send({ error: { code: "no-seed", message: "there is no seed yet" } });
    void reply.header("etag", seed.etag).header("cache-control", caching).header("x-unfork-seed", String(seed.version));
    if (matches(request.headers["if-none-match"], seed.etag)) return reply.code(304).send();
    return reply.type("application/json").send(seed.text);
  });
}

/** RFC 9110, 13.1.2: a list of tags, weak ones count. */
function matches(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === etag);
}
