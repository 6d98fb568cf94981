/** Owns which error becomes which HTTP status; what is our bug tells nothing of itself to the caller. */
import type { FastifyInstance } from "fastify";

import { isUnreachable } from "../store/state/is-unreachable.js";
import { type ErrorCode, UnforkError, messageOf } from "../support/errors.js";

const STATUS: Partial<Readonly<Record<ErrorCode, number>>> = {
  usage: 400,
  "input-invalid": 400,
  "config-invalid": 400,
  "input-missing": 404,
  "state-invalid": 409,
  locked: 409,
  checksum: 400,
  network: 503,
  disk: 503,
};

export interface ErrorAnswer {
  readonly status: number;
  readonly body: { readonly error: { readonly code: string; readonly message: string; readonly hint?: string } };
  readonly retryAfter?: number;
}

/** The answer to an error. */
export function answerOf(error: unknown): ErrorAnswer {
  if (isUnreachable(error)) {
    return { status: 503, retryAfter: 1, body: { error: { code: "unavailable", message: "the database cannot be reached now" } } };
  }
  const full = causesOf(error).find((one) => one instanceof UnforkError && one.code === "disk");
  if (full !== undefined) return { status: 503, retryAfter: 10, body: { error: { code: "disk", message: "the server's disk is full" } } };
  if (error instanceof UnforkError) {
    const { code, message, hint } = error;
    return { status: STATUS[code] ?? 500, body: { error: { code, message, ...(hint === undefined ? {} : { hint }) } } };
  }
  const status = statusOf(error);
  if (status !== undefined) {
    const hint = status === 415 ? { hint: TYPES } : {};
    return { status, body: { error: { code: "request", message: messageOf(error), ...hint } } };
  }
  return { status: 500, body: { error: { code: "internal", message: "something went wrong here; the server's log tells what" } } };
}

const TYPES = "send Content-Type: application/x-ndjson for events, application/json for OTLP and everything else";

/** Fastify's own: a body too large, of a wrong type, not JSON. */
function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return undefined;
  return error.statusCode >= 400 && error.statusCode < 500 ? error.statusCode : undefined;
}

export function handleErrors(app: FastifyInstance, complain: (text: string) => void): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, body, retryAfter } = answerOf(error);
    if (status >= 500) complain(`${request.method} ${request.routeOptions.url ?? "?"}: ${messageOf(causeOf(error))}`);
    if (retryAfter !== undefined) void reply.header("retry-after", String(retryAfter));
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: { code: "no-route", message: "there is no such route" } }));
}

/** The error and what caused it, outermost first. */
function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let one = error; one instanceof Error; one = one.cause) causes.push(one);
  return causes;
}

/** A query's own text may name values: what went wrong stands in its cause. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}
