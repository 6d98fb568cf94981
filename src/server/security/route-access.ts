/** Owns the one table of who may call which route; a route that it lacks cannot be added to the server. */
import type { Role } from "../../store/state/tokens.js";

/** `open`: anybody. `seed`: anybody, unless the server was told to want a token. Else the roles. */
export type Access = "open" | "seed" | readonly Role[];

const READERS: readonly Role[] = ["reader", "operator", "signer"];
const OPERATORS: readonly Role[] = ["operator"];

/** Those who may read a seed where it is not open. */
export const SEED_READERS: readonly Role[] = ["ingest", "reader", "operator", "signer", "worker"];

export const ROUTE_ACCESS: Readonly<Record<string, Access>> = {
  "GET /healthz": "open",
  "GET /readyz": "open",
  "GET /v1/seed": "seed",
  "GET /v1/seed/stream": "seed",
  "GET /ofrep/v1/stream": "seed",
  "POST /ofrep/v1/evaluate/flags": "seed",
  "POST /ofrep/v1/evaluate/flags/:key": "seed",
  "POST /v1/events": ["ingest"],
  "POST /v1/logs": ["ingest"],
  "POST /v1/metrics": ["ingest"],
  "GET /api/v1/status": READERS,
  "GET /api/v1/experiments": READERS,
  "POST /api/v1/experiments": OPERATORS,
  "GET /api/v1/experiments/:id": READERS,
  "GET /api/v1/experiments/:id/decisions": READERS,
  "POST /api/v1/experiments/:id/analyze": OPERATORS,
  "GET /api/v1/experiments/:id/rollout": READERS,
  "POST /api/v1/experiments/:id/rollout/:action": OPERATORS,
  "GET /api/v1/decisions": READERS,
  "GET /api/v1/seeds": READERS,
  "GET /api/v1/seeds/proposal": READERS,
  "POST /api/v1/seeds": ["signer"],
  "GET /api/v1/keys": READERS,
  "GET /api/v1/audit": READERS,
  "GET /api/v1/audit/verify": READERS,
  "GET /api/v1/tokens": OPERATORS,
  "POST /api/v1/tokens": OPERATORS,
  "DELETE /api/v1/tokens/:id": OPERATORS,
  "GET /api/v1/jobs": READERS,
  "POST /api/v1/jobs": OPERATORS,
  "POST /api/v1/jobs/lease": ["worker"],
  "POST /api/v1/jobs/:id/heartbeat": ["worker"],
  "POST /api/v1/jobs/:id/result": ["worker"],
};

/** Throws for a route that nobody has thought about. */
export function accessOf(method: string, url: string): Access {
  // Fastify adds HEAD beside each GET.
  const access = ROUTE_ACCESS[`${method === "HEAD" ? "GET" : method} ${url}`];
  if (access === undefined) throw new Error(`the route ${method} ${url} has no line in ROUTE_ACCESS`);
  return access;
}
