/** Owns OFREP over HTTP, before Fastify: tens of thousands of evaluations in a second leave no time for a framework. */
import type { IncomingMessage, ServerResponse } from "node:http";

import type { Publisher } from "../core/publisher.js";
import type { Guard } from "../security/guard.js";
import { SECURITY_HEADERS } from "../security/headers.js";
import { accessOf } from "../security/route-access.js";
import { type OfrepAnswer, evaluateAll, evaluateOne } from "./answers.js";

const PREFIX = "/ofrep/v1/evaluate/flags";

/** Longest body in bytes. */
const MAX_BODY = 65_536;

export interface OfrepOptions {
  readonly publisher: Publisher;
  readonly guard: Guard;
  /** The caller's address, past a proxy where one is trusted. */
  readonly addressOf: (request: IncomingMessage) => string;
  readonly nowMs: () => number;
}

/** Answers a request that is OFREP's and gives true; false for all others. */
export type OfrepHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createOfrepHandler(options: OfrepOptions): OfrepHandler {
  const access = accessOf("POST", PREFIX);
  return (request, response) => {
    const { url = "", method } = request;
    if (method !== "POST" || !url.startsWith(PREFIX)) return false;
    const key = keyIn(url);
    if (key === null) return false;
    const address = options.addressOf(request);
    if (options.guard.isFree(access, address)) read(request, response, (body) => evaluate(options, key, body, request));
    else void guarded(options, address, request, response, key);
    return true;
  };
}

async function guarded(
  options: OfrepOptions,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
  key: string | undefined,
): Promise<void> {
  try {
    const passage = await options.guard.pass(accessOf("POST", PREFIX), address, request.headers, options.nowMs());
    if ("status" in passage) refuse(response, passage);
    else read(request, response, (body) => evaluate(options, key, body, request));
  } catch {
    refuse(response, { status: 503, message: "tokens cannot be looked up now", retryAfter: 1 });
  }
}

/** The flag's key, undefined for all flags, null for another path. */
function keyIn(url: string): string | undefined | null {
  const query = url.indexOf("?");
  const path = query === -1 ? url : url.slice(0, query);
  if (path.length === PREFIX.length) return undefined;
  if (path.charCodeAt(PREFIX.length) !== 47) return null;
  try {
    return decodeURIComponent(path.slice(PREFIX.length + 1));
  } catch {
    return null;
  }
}

function evaluate({ publisher, nowMs }: OfrepOptions, key: string | undefined, body: string, { headers }: IncomingMessage): OfrepAnswer {
  const seed = publisher.current();
  if (key !== undefined) return evaluateOne(seed, key, body, nowMs());
  return evaluateAll(seed, body, headers["if-none-match"], nowMs(), (version) => `/ofrep/v1/stream?since=${version}`);
}

/** Reads the body, and answers what `answer` makes of it. */
function read(request: IncomingMessage, response: ServerResponse, answer: (body: string) => OfrepAnswer): void {
  const chunks: Buffer[] = [];
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  });
  request.on("end", () => {
    if (size > MAX_BODY) return refuse(response, { status: 413, message: `a body has at most ${MAX_BODY} bytes` });
    const [only] = chunks;
    send(response, answer(chunks.length === 1 && only !== undefined ? only.toString() : Buffer.concat(chunks).toString()));
  });
  // A caller that went away wants no answer.
  request.on("error", () => response.destroy());
}

interface Refused {
  readonly status: number;
  readonly message: string;
  readonly retryAfter?: number;
}

const FIXED = Object.entries({ ...SECURITY_HEADERS, "content-type": "application/json", "cache-control": "no-store" }).flat();

function send(response: ServerResponse, { status, body, etag }: OfrepAnswer): void {
  const headers = [...FIXED, "content-length", String(Buffer.byteLength(body))];
  if (etag !== undefined) headers.push("etag", etag);
  response.writeHead(status, headers);
  response.end(body);
}

function refuse(response: ServerResponse, { status, message, retryAfter }: Refused): void {
  const body = JSON.stringify({ errorCode: "GENERAL", errorDetails: message });
  const headers = [...FIXED, "content-length", String(Buffer.byteLength(body)), "connection", "close"];
  if (retryAfter !== undefined) headers.push("retry-after", String(retryAfter));
  response.writeHead(status, headers);
  response.end(body);
}
