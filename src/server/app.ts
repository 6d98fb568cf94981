/** Owns the HTTP server: limits, tokens and roles before every route, OFREP before Fastify. */
import { type IncomingMessage, type RequestListener, type Server, createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type FastifyInstance, type FastifyServerOptions, fastify } from "fastify";

import type { Core } from "./core/core.js";
import { handleErrors } from "./errors.js";
import { createOfrepHandler } from "./ofrep/handler.js";
import { addHealthRoutes } from "./routes/health.js";
import { type SeedCaching, addSeedRoute } from "./routes/seed.js";
import { type StreamOptions, addStreams } from "./routes/stream.js";
import { type Caller, createAuthenticator } from "./security/authenticator.js";
import { DEFAULT_LIMITS, type Guard, type GuardOptions, createGuard } from "./security/guard.js";
import { SECURITY_HEADERS } from "./security/headers.js";
import { accessOf } from "./security/route-access.js";

export interface AppOptions {
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Whether `X-Forwarded-For` tells the caller: only behind a proxy that sets it. */
  readonly trustProxy: boolean;
  readonly seed: SeedCaching;
  readonly limits: Pick<GuardOptions, "open" | "api">;
  readonly stream: StreamOptions;
  /** Where the log goes; no secret is ever told to it. */
  readonly log: (text: string) => void;
  /** Also every request. */
  readonly verbose: boolean;
}

export const DEFAULT_APP: AppOptions = {
  trustProxy: false,
  seed: { maxAge: 30, privateSeed: false },
  limits: DEFAULT_LIMITS,
  stream: { heartbeatMs: 15_000, most: 10_000 },
  log: () => undefined,
  verbose: false,
};

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

/** Bytes of a body, where a route does not say otherwise. */
const BODY_LIMIT = 262_144;

/** The server with what every one of its kind has; further routes are added before it listens. */
export async function createApp(core: Core, options: AppOptions = DEFAULT_APP): Promise<FastifyInstance> {
  const guard = createGuard(createAuthenticator(core), { ...options.limits, privateSeed: options.seed.privateSeed });
  const nowMs = () => core.now().getTime();
  const ofrep = createOfrepHandler({
    publisher: core.publisher,
    guard,
    nowMs,
    addressOf: (request) => addressOf(request, options.trustProxy),
  });
  const app = fastify<Server>({
    serverFactory: factory(ofrep, options.tls),
    // One hop: what the proxy itself saw, not what its callers claim.
    trustProxy: options.trustProxy ? (_address: string, hop: number) => hop === 0 : false,
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    requestTimeout: 60_000,
    routerOptions: { maxParamLength: 200 },
  });
  handleErrors(app, options.log);
  guardRoutes(app, guard, core, options);
  addHealthRoutes(app, core);
  addSeedRoute(app, core.publisher, options.seed);
  const endStreams = addStreams(app, core.publisher, options.stream);
  app.addHook("preClose", async () => endStreams());
  return app;
}

function factory(
  before: (...args: Parameters<RequestListener>) => boolean,
  tls: AppOptions["tls"],
): NonNullable<FastifyServerOptions<Server>["serverFactory"]> {
  return (handler) => {
    const listener: RequestListener = (request, response) => {
      if (!before(request, response)) handler(request, response);
    };
    const server =
      tls === undefined ? createServer(listener) : (createTlsServer({ ...tls, minVersion: "TLSv1.2" }, listener) as unknown as Server);
    server.headersTimeout = 20_000;
    server.requestTimeout = 60_000;
    return server;
  };
}

/** What the proxy saw, the last that it tells; or the socket's own. */
function addressOf(request: IncomingMessage, trustProxy: boolean): string {
  const told = trustProxy ? request.headers["x-forwarded-for"] : undefined;
  const last = [told].flat().join(",").split(",").at(-1)?.trim() ?? "";
  return last !== "" ? last : (request.socket.remoteAddress ?? "");
}

function guardRoutes(app: FastifyInstance, guard: Guard, core: Core, { log, verbose }: AppOptions): void {
  app.decorateRequest("caller", undefined);
  app.addHook("onRoute", ({ method, url }) => {
    for (const one of [method].flat()) accessOf(one, url);
  });
  app.addHook("onRequest", async (request, reply) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) void reply.header(name, value);
    const { url } = request.routeOptions;
    if (url === undefined) return undefined;
    const passage = await guard.pass(accessOf(request.method, url), request.ip, request.headers, core.now().getTime());
    if (!("status" in passage)) {
      request.caller = passage.caller;
      return undefined;
    }
    if (passage.retryAfter !== undefined) void reply.header("retry-after", String(passage.retryAfter));
    if (passage.status === 401) void reply.header("www-authenticate", "Bearer");
    return reply.code(passage.status).send({ error: { code: CODES[passage.status], message: passage.message } });
  });
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
  });
  if (!verbose) return;
  app.addHook("onResponse", async (request, reply) => {
    const who = request.caller === undefined ? "" : ` ${request.caller.id}`;
    log(`${request.method} ${request.routeOptions.url ?? "?"} ${reply.statusCode} ${Math.round(reply.elapsedTime)} ms${who}`);
  });
}

const CODES = { 401: "no-token", 403: "wrong-role", 429: "too-many" } as const;
