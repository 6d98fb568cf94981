/** Owns the way of a request past limits, token and role; the same for Fastify's routes and for those before it. */
import type { IncomingHttpHeaders } from "node:http";

import type { Authenticate, Caller } from "./authenticator.js";
import { isLoopback } from "./is-loopback.js";
import { type RateLimit, createRateLimit } from "./rate-limit.js";
import { type Access, SEED_READERS } from "./route-access.js";

export interface GuardOptions {
  /** Whether the seed wants a token, too. */
  readonly privateSeed: boolean;
  /** Of an address, on seeds, evaluations and telemetry; loopback has none. */
  readonly open: RateLimit;
  /** Of a token, on everything else: a whole fleet shares one for telemetry. */
  readonly api: RateLimit;
}

export const DEFAULT_LIMITS: Pick<GuardOptions, "open" | "api"> = {
  open: { perSecond: 500, burst: 1000 },
  api: { perSecond: 50, burst: 200 },
};

/** Wrong tokens of one address. */
const WRONG_TOKENS: RateLimit = { perSecond: 1, burst: 10 };

export interface Refusal {
  readonly status: 401 | 403 | 429;
  readonly message: string;
  /** Seconds. */
  readonly retryAfter?: number;
}

export type Passage = { readonly caller?: Caller } | Refusal;

export interface Guard {
  /** Whether a request that needs no token may go on at once; else `pass` has to be asked. */
  isFree(access: Access, address: string): boolean;
  pass(access: Access, address: string, headers: IncomingHttpHeaders, nowMs: number): Promise<Passage>;
}

export function createGuard(authenticate: Authenticate, options: GuardOptions): Guard {
  const open = createRateLimit(options.open);
  const api = createRateLimit(options.api);
  const wrong = createRateLimit(WRONG_TOKENS);

  function isOpen(access: Access): boolean {
    return access === "open" || (access === "seed" && !options.privateSeed);
  }

  function byAddress(address: string, nowMs: number): number {
    return isLoopback(address) ? 0 : open(address, nowMs);
  }

  async function passToken(access: Access, address: string, headers: IncomingHttpHeaders, nowMs: number): Promise<Passage> {
    const caller = await authenticate(headers);
    if (caller === undefined) return { status: 401, message: "a token is needed: Authorization: Bearer …" };
    if (caller === null) {
      const wait = wrong(address, nowMs);
      return wait > 0 ? tooMany(wait) : { status: 401, message: "the token is unknown, revoked or expired" };
    }
    const roles = typeof access === "string" ? SEED_READERS : access;
    if (!roles.includes(caller.role)) return { status: 403, message: `the role ${caller.role} may not do this; ${roles.join(" or ")} may` };
    const wait = caller.role === "ingest" ? byAddress(address, nowMs) : api(caller.id, nowMs);
    return wait > 0 ? tooMany(wait) : { caller };
  }

  return {
    isFree: (access, address) => isOpen(access) && (options.open.perSecond === 0 || isLoopback(address)),
    async pass(access, address, headers, nowMs) {
      if (!isOpen(access)) return passToken(access, address, headers, nowMs);
      const wait = byAddress(address, nowMs);
      return wait > 0 ? tooMany(wait) : {};
    },
  };
}

function tooMany(retryAfter: number): Refusal {
  return { status: 429, message: "too many requests", retryAfter };
}
