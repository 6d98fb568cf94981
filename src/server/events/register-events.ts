/** Owns the routes that take events in: NDJSON and OTLP/HTTP with JSON. Who may send is checked by the server's hook before. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { IngestOutcome } from "../../model/telemetry.js";
import { eventsOfLogs, logsReply } from "./otlp-logs.js";
import { unpack } from "./unpack.js";

export interface EventRoutes {
  readonly ingest: { accept(batch: string | readonly unknown[]): Promise<IngestOutcome> };
  /** Of a body as it is sent, and of what it unpacks to. */
  readonly maxBodyBytes?: number;
  readonly maxUnpackedBytes?: number;
}

const MIB = 2 ** 20;
const NDJSON = ["application/x-ndjson", "application/ndjson", "application/jsonl"];
const JSON_TYPE = "application/json";

/** Adds `POST /v1/events` (NDJSON, or OTLP as `application/json`) and `POST /v1/logs` (OTLP). */
export async function registerEvents(
  app: FastifyInstance,
  { ingest, maxBodyBytes = 2 * MIB, maxUnpackedBytes = 8 * MIB }: EventRoutes,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser([...NDJSON, JSON_TYPE], { parseAs: "buffer", bodyLimit: maxBodyBytes }, (_request, body, done) =>
      done(null, body),
    );

    const take = takerOf(ingest, maxUnpackedBytes);
    scope.post("/v1/events", { bodyLimit: maxBodyBytes }, (request, reply) => take(request, reply, isJson(request)));
    scope.post("/v1/logs", { bodyLimit: maxBodyBytes }, (request, reply) =>
      isJson(request) ? take(request, reply, true) : refuse(reply, 415, "send OTLP as application/json", true),
    );
  });
}

type Taker = (request: FastifyRequest, reply: FastifyReply, isOtlp: boolean) => Promise<object>;

function takerOf(ingest: EventRoutes["ingest"], maxUnpackedBytes: number): Taker {
  return async (request, reply, isOtlp) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const unpacked = await unpack(body, request.headers["content-encoding"], maxUnpackedBytes);
    if (unpacked.status === "refused") return refuse(reply, unpacked.code, unpacked.message, isOtlp);
    if (!isOtlp) return answer(reply, await ingest.accept(unpacked.data.toString("utf8")), isOtlp);
    const events = eventsOfLogs(parsed(unpacked.data));
    if (events === undefined) return refuse(reply, 400, "the body is no ExportLogsServiceRequest in JSON", isOtlp);
    return answer(reply, await ingest.accept(events), isOtlp);
  };
}

function isJson(request: FastifyRequest): boolean {
  return (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() === JSON_TYPE;
}

function parsed(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString("utf8"));
  } catch {
    return undefined;
  }
}

function refuse(reply: FastifyReply, status: 400 | 413 | 415, message: string, isOtlp: boolean): object {
  void reply.code(status);
  return errorBody({ grpc: 3, code: "request", message }, isOtlp);
}

/** Exporters of OTLP read a `google.rpc.Status`; all others get errors as from every other route. */
function errorBody(
  { grpc, code, message }: { readonly grpc: number; readonly code: string; readonly message: string },
  isOtlp: boolean,
): object {
  return isOtlp ? { code: grpc, message } : { error: { code, message } };
}

const BUSY_TEXTS = {
  queue: "more comes in than the disk takes",
  behind: "the log outgrows compaction",
  "disk-full": "the disk is full",
  disk: "the disk failed",
  closing: "the server is stopping",
} as const;

/** 429: too much at once; 503: it cannot be kept now. Both say when to try again; nothing of the batch was taken. */
function answer(reply: FastifyReply, outcome: IngestOutcome, isOtlp: boolean): object {
  if (outcome.status === "accepted") {
    const { accepted, rejectedLines, rejected } = outcome;
    const taken = { accepted, rejectedLines, rejected };
    return isOtlp ? logsReply(taken) : taken;
  }
  const isTooMuch = outcome.reason === "queue" || outcome.reason === "behind";
  void reply.code(isTooMuch ? 429 : 503).header("retry-after", String(outcome.retryAfterSeconds));
  return errorBody({ grpc: isTooMuch ? 8 : 14, code: outcome.reason, message: BUSY_TEXTS[outcome.reason] }, isOtlp);
}
