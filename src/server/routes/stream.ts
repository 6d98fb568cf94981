/** Owns notices of new seeds: server-sent events, for servers and pages that follow. */
import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Publisher, ServedSeed } from "../core/publisher.js";
import { SECURITY_HEADERS } from "../security/headers.js";

export interface StreamOptions {
  /** Between two signs of life, in ms. */
  readonly heartbeatMs: number;
  /** Streams at once. */
  readonly most: number;
}

/** A reader that does not read is let go when so many bytes wait for it. */
const MOST_WAITING = 65_536;

type Notice = (seed: ServedSeed) => string;

/** `event: seed`, with the version as the event's id. */
const seedNotice: Notice = ({ version, etag }) => `event: seed\nid: ${version}\ndata: ${JSON.stringify({ version, etag })}\n\n`;

/** OFREP's ADR-0008: an event that tells providers to ask again. */
const ofrepNotice: Notice = ({ version, etag }) => `id: ${version}\ndata: ${JSON.stringify({ type: "refetchEvaluation", etag })}\n\n`;

/** Adds the streams; the returned function ends all that are open. */
export function addStreams(app: FastifyInstance, publisher: Publisher, options: StreamOptions): () => void {
  const open = new Set<ServerResponse>();

  function follow(request: FastifyRequest, reply: FastifyReply, notice: Notice, known: number | undefined): FastifyReply | undefined {
    if (open.size >= options.most) {
      return reply
        .code(503)
        .header("retry-after", "5")
        .send({ error: { code: "busy", message: `${options.most} streams are open` } });
    }
    reply.hijack();
    const response = reply.raw;
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    response.write("retry: 1000\n\n");
    open.add(response);
    const current = publisher.current();
    if (current !== undefined && current.version !== known) write(response, notice(current));
    const stop = publisher.subscribe((seed) => write(response, notice(seed)));
    const beat = setInterval(() => write(response, ": still here\n\n"), options.heartbeatMs);
    response.on("close", () => {
      clearInterval(beat);
      stop();
      open.delete(response);
    });
    request.raw.socket.setNoDelay(true);
    return undefined;
  }

  app.get("/v1/seed/stream", (request, reply) => void follow(request, reply, seedNotice, lastId(request)));
  app.get("/ofrep/v1/stream", (request, reply) => {
    const { since } = request.query as { readonly since?: string };
    void follow(request, reply, ofrepNotice, lastId(request) ?? versionIn(since));
  });
  return () => {
    for (const response of open) response.end();
  };
}

function write(response: ServerResponse, text: string): void {
  if (response.writableLength > MOST_WAITING) response.destroy();
  else response.write(text);
}

function lastId(request: FastifyRequest): number | undefined {
  const header = request.headers["last-event-id"];
  return versionIn(Array.isArray(header) ? header[0] : header);
}

function versionIn(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
