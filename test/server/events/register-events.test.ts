/** Holds the routes that take events in, over real HTTP on a real folder. */
import { promisify } from "node:util";
import { brotliCompress, deflate, gzip } from "node:zlib";
import { type FastifyInstance, fastify } from "fastify";
import { afterEach, describe, expect, it } from "vitest";

import type { IngestOutcome } from "../../../src/model/telemetry.js";
import { registerEvents } from "../../../src/server/events/register-events.js";
import { type Telemetry, openTelemetry } from "../../../src/store/telemetry/open-telemetry.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { NOON, event, fleet, ndjson } from "../../store/telemetry/sample-events.js";

const opened: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one.close();
});

async function serve(limits: { readonly maxBodyBytes?: number; readonly maxUnpackedBytes?: number } = {}) {
  const telemetry = await openTelemetry({ dir: temporaryFolder(), clock: () => NOON, compactEveryMs: 0 });
  opened.push(telemetry);
  return { telemetry, url: await listen(telemetry, limits) };
}

async function listen(ingest: Pick<Telemetry, "accept">, limits: object = {}): Promise<string> {
  const app: FastifyInstance = fastify();
  opened.push(app);
  await registerEvents(app, { ingest, ...limits });
  return app.listen({ host: "127.0.0.1", port: 0 });
}

async function post(url: string, body: string | Buffer, headers: Record<string, string> = {}) {
  const sent = typeof body === "string" ? body : new Uint8Array(body);
  const response = await fetch(url, { method: "POST", body: sent, headers: { "content-type": "application/x-ndjson", ...headers } });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    body: (await response.json()) as Record<string, unknown>,
  };
}

describe("POST /v1/events", () => {
  it("takes NDJSON, and names the lines that it does not take", async () => {
    const { url, telemetry } = await serve();
    const body = `${ndjson([event("a1"), event("a2", { arm: "both" })])}\n{"id":\n${ndjson([event("a3", { color: "red" }), event("a4")])}`;
    const reply = await post(`${url}/v1/events`, body);
    expect(reply).toEqual({
      status: 200,
      retryAfter: null,
      body: {
        accepted: 2,
        rejectedLines: 3,
        rejected: [
          { line: 2, reason: "arm: must be treatment or control" },
          { line: 4, reason: "not JSON" },
          { line: 5, reason: 'unknown key "color"' },
        ],
      },
    });
    await telemetry.flush();
    expect(telemetry.stats().events).toBe(2);
  });

  it("takes gzip, deflate and br, and counts what is sent again once", async () => {
    const { url, telemetry } = await serve();
    const events = fleet({ units: 10 });
    const body = Buffer.from(ndjson(events));
    const packed: [string, Buffer][] = [
      ["gzip", await promisify(gzip)(body)],
      ["deflate", await promisify(deflate)(body)],
      ["br", await promisify(brotliCompress)(body)],
    ];
    for (const [encoding, data] of packed) {
      expect(await post(`${url}/v1/events`, data, { "content-encoding": encoding })).toMatchObject({
        status: 200,
        body: { accepted: events.length },
      });
    }
    await telemetry.flush();
    expect(telemetry.stats()).toMatchObject({ events: events.length, duplicates: 2 * events.length });
  });

  it("unpacks no more than its limit, and refuses what it cannot unpack", async () => {
    const { url } = await serve({ maxBodyBytes: 10_000, maxUnpackedBytes: 50_000 });
    const bomb = await promisify(gzip)(Buffer.alloc(5_000_000, "\n"));
    expect(bomb.length).toBeLessThan(10_000);
    expect((await post(`${url}/v1/events`, bomb, { "content-encoding": "gzip" })).status).toBe(413);
    expect((await post(`${url}/v1/events`, "x".repeat(10_001))).status).toBe(413);
    expect((await post(`${url}/v1/events`, "no gzip", { "content-encoding": "gzip" })).status).toBe(400);
    expect((await post(`${url}/v1/events`, "x", { "content-encoding": "zstd" })).status).toBe(415);
    expect((await post(`${url}/v1/events`, "x", { "content-type": "text/html" })).status).toBe(415);
  });

  it("says when to come again while it cannot take more", async () => {
    const answers: Record<string, unknown> = {};
    for (const reason of ["queue", "behind", "disk-full", "disk", "closing"] as const) {
      const outcome: IngestOutcome = { status: "busy", reason, retryAfterSeconds: 7 };
      const url = await listen({ accept: () => Promise.resolve(outcome) });
      const { status, retryAfter, body } = await post(`${url}/v1/events`, ndjson([event("b1")]));
      answers[reason] = `${status} ${retryAfter}`;
      expect(body).toMatchObject({ error: { code: reason } });
    }
    expect(answers).toEqual({ queue: "429 7", behind: "429 7", "disk-full": "503 7", disk: "503 7", closing: "503 7" });
  });
});

function attribute(key: string, value: object) {
  return { key, value };
}

describe("OTLP/HTTP with JSON", () => {
  const resource = {
    attributes: [
      attribute("service.name", { stringValue: "phone" }),
      attribute("unfork.unit", { stringValue: "0123456789abcdef0123456789abcdef" }),
      attribute("unfork.experiment", { stringValue: "laptop-call-m150" }),
      attribute("unfork.useCase", { stringValue: "laptop-call" }),
      attribute("unfork.arm", { stringValue: "control" }),
      attribute("unfork.flavor", { stringValue: "legacy" }),
      attribute("unfork.phase", { intValue: "1" }),
      attribute("unfork.seed", { intValue: 7 }),
    ],
  };
  const records = [
    { timeUnixNano: `${NOON}000000`, eventName: "unfork.exposure", attributes: [attribute("unfork.id", { stringValue: "otlp-00001" })] },
    {
      timeUnixNano: `${NOON}000000`,
      attributes: [
        attribute("unfork.id", { stringValue: "otlp-00002" }),
        attribute("unfork.type", { stringValue: "metric" }),
        attribute("unfork.metric", { stringValue: "join-ms" }),
        attribute("unfork.value", { doubleValue: 12.5 }),
      ],
    },
    { timeUnixNano: `${NOON}000000`, body: { stringValue: "some other log" }, attributes: [] },
  ];
  const request = (logRecords: readonly object[]) => JSON.stringify({ resourceLogs: [{ resource, scopeLogs: [{ logRecords }] }] });

  it("takes log records on /v1/logs and /v1/events, with a partial success for those that are no events", async () => {
    const { url, telemetry } = await serve();
    const headers = { "content-type": "application/json" };
    expect(await post(`${url}/v1/logs`, request(records.slice(0, 2)), headers)).toMatchObject({ status: 200, body: {} });
    const partial = await post(`${url}/v1/events`, request(records), headers);
    expect(partial).toMatchObject({ status: 200, body: { partialSuccess: { rejectedLogRecords: "1" } } });
    await telemetry.flush();
    expect(telemetry.stats()).toMatchObject({ events: 2, duplicates: 2 });
  });

  it("refuses a body that is no request of logs", async () => {
    const { url } = await serve();
    const headers = { "content-type": "application/json" };
    expect(await post(`${url}/v1/logs`, '{"resourceSpans":[]}', headers)).toMatchObject({ status: 400, body: { code: 3 } });
    expect((await post(`${url}/v1/logs`, "{", headers)).status).toBe(400);
    expect((await post(`${url}/v1/logs`, ndjson([event("c1")]))).status).toBe(415);
  });
});
