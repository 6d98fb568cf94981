/** OpenFeature's own SDKs and OFREP providers against the server, and what the protocol says beside them. */
import { OFREPProvider } from "@openfeature/ofrep-provider";
import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import { OpenFeature } from "@openfeature/server-sdk";
import { OpenFeature as WebOpenFeature, type Provider, ProviderEvents } from "@openfeature/web-sdk";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

import { assign } from "../../src/experiment/assignment/assign.js";
import { DEFAULT_APP, createApp } from "../../src/server/app.js";
import { createToken } from "../../src/server/core/tokens.js";
import { TestEventSource } from "../helpers/event-source.js";
import { START, type TestCore, openTestCore } from "../helpers/test-core.js";

let test: TestCore;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  test = await openTestCore();
  app = await createApp(test.core);
  url = await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await app?.close();
  await test?.stop();
});

async function evaluate(path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${url}/ofrep/v1/evaluate/flags${path}`, {
    method: "POST",
    body: text,
    headers: { "content-type": "application/json", ...headers },
  });
  const answer = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: answer === "" ? undefined : (JSON.parse(answer) as Record<string, unknown>),
  };
}

function publishNs(version: number, percent: number): void {
  test.core.publisher.publish({ base: test.base(version, { ns: percent }) });
}

function target(targetingKey: string) {
  return { context: { targetingKey } };
}

describe("evaluation over OFREP", () => {
  it("knows no flag before there is a seed", async () => {
    expect(await evaluate("/ns", target("u"))).toMatchObject({ status: 404, body: { key: "ns", errorCode: "FLAG_NOT_FOUND" } });
    expect(await evaluate("", target("u"))).toMatchObject({ status: 200, body: { flags: [] } });
  });

  it("gives each unit the flavor and arm that a device computes for itself", async () => {
    const { prepared } = test.core.publisher.publish({ base: test.base(1, { ns: 50, aec: 1, "call-join": 25, "agc.x": 0 }) });
    const arms = new Set<string>();
    for (let at = 0; at < 60; at++) {
      const own = assign(prepared, "ns", { device: `unit ${at}` }, "legacy");
      const { body } = await evaluate("/ns", target(`unit ${at}`));
      expect(body).toEqual({
        key: "ns",
        value: own.flavor,
        reason: "SPLIT",
        variant: own.arm ?? "default",
        metadata: { experiment: "ns-m150", phase: 1, seed: 1, assignment: own.reason },
      });
      arms.add(String(own.arm));
    }
    expect(arms).toEqual(new Set(["treatment", "control"]));
  });

  it("takes the id of a use case's own kind of unit before the targeting key", async () => {
    const { prepared } = test.core.publisher.current() ?? { prepared: undefined };
    if (prepared === undefined) throw new Error("no seed");
    for (let at = 0; at < 20; at++) {
      const { body } = await evaluate("/call-join", { context: { targetingKey: "device", call: `call ${at}` } });
      expect(body).toMatchObject({ value: assign(prepared, "call-join", { call: `call ${at}` }, "legacy").flavor });
    }
  });

  it("answers errors as the protocol names them", async () => {
    expect(await evaluate("/nothing", target("u"))).toMatchObject({ status: 404, body: { key: "nothing", errorCode: "FLAG_NOT_FOUND" } });
    expect(await evaluate("/ns", {})).toMatchObject({ status: 400, body: { errorCode: "TARGETING_KEY_MISSING" } });
    expect(await evaluate("/ns", { context: [] })).toMatchObject({ status: 400, body: { errorCode: "INVALID_CONTEXT" } });
    expect(await evaluate("/ns", target("u".repeat(2000)))).toMatchObject({ status: 400, body: { errorCode: "INVALID_CONTEXT" } });
    expect(await evaluate("/ns", "{")).toMatchObject({ status: 400, body: { key: "ns", errorCode: "PARSE_ERROR" } });
    expect(await evaluate("/ns", `"${"x".repeat(70_000)}"`)).toMatchObject({ status: 413 });
    expect((await fetch(`${url}/ofrep/v1/evaluate/flags/ns`)).status).toBe(404);
  });

  it("answers 304 to who has all flags of this seed and unit", async () => {
    const first = await evaluate("", target("u"));
    const etag = first.headers.get("etag") ?? "";
    expect(first.body?.["flags"]).toHaveLength(4);
    expect(await evaluate("", target("u"), { "if-none-match": etag })).toMatchObject({ status: 304, body: undefined });
    expect((await evaluate("", target("somebody else"), { "if-none-match": etag })).status).toBe(200);
  });

  it("is used by OpenFeature's server SDK through its OFREP provider", async () => {
    await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: url }));
    const client = OpenFeature.getClient();
    const details = await client.getStringDetails("ns", "legacy", { targetingKey: "unit 7" });
    expect(details).toMatchObject({ flagKey: "ns", reason: "SPLIT", flagMetadata: { experiment: "ns-m150", seed: 1 } });
    expect(["legacy", "latest"]).toContain(details.value);
    expect(await client.getStringDetails("nothing", "legacy", { targetingKey: "u" })).toMatchObject({
      value: "legacy",
      errorCode: "FLAG_NOT_FOUND",
    });
    await OpenFeature.close();
  });

  it("tells OpenFeature's web provider of a halt, which it follows", async () => {
    const unit = Array.from({ length: 50 }, (_, at) => `unit ${at}`).find((id) => {
      const seed = test.core.publisher.current();
      return seed !== undefined && assign(seed.prepared, "ns", { device: id }, "legacy").arm === "treatment";
    });
    // Node 20 has no EventSource: the provider polls here.
    const provider = new OFREPWebProvider({ baseUrl: url, pollInterval: 100 });
    await WebOpenFeature.setContext({ targetingKey: unit ?? "" });
    await WebOpenFeature.setProviderAndWait(provider as Provider);
    const client = WebOpenFeature.getClient();
    expect(client.getStringDetails("ns", "none")).toMatchObject({ value: "latest", variant: "treatment" });
    const changed = new Promise((resolve) => void client.addHandler(ProviderEvents.ConfigurationChanged, resolve));
    const { document } = test.core.publisher.current() ?? { document: { base: test.base(1, {}) } };
    test.core.publisher.publish(test.halted(document, "ns"));
    await changed;
    expect(client.getStringDetails("ns", "none")).toMatchObject({ value: "legacy", variant: "default", reason: "STATIC" });
    await WebOpenFeature.close();
  });

  it("notifies OpenFeature's web provider through the stream that its answer names, without polling", async () => {
    vi.stubGlobal("EventSource", TestEventSource);
    publishNs(10, 50);
    const unit = Array.from({ length: 50 }, (_, at) => `unit ${at}`).find((id) => {
      const seed = test.core.publisher.current();
      return seed !== undefined && assign(seed.prepared, "ns", { device: id }, "legacy").arm === "treatment";
    });
    await WebOpenFeature.setContext({ targetingKey: unit ?? "" });
    await WebOpenFeature.setProviderAndWait(new OFREPWebProvider({ baseUrl: url, pollInterval: 0 }) as Provider);
    const client = WebOpenFeature.getClient();
    expect(client.getStringValue("ns", "none")).toBe("latest");
    await expect.poll(() => TestEventSource.opened).toEqual([`${url}/ofrep/v1/stream?since=10`]);
    const changed = new Promise((resolve) => void client.addHandler(ProviderEvents.ConfigurationChanged, resolve));
    publishNs(11, 0);
    await changed;
    expect(client.getStringValue("ns", "none")).toBe("legacy");
    await WebOpenFeature.close();
    vi.unstubAllGlobals();
  });

  it("leaves the decision to the program when the seed has expired", async () => {
    test.clock.ms = START + 40 * 86_400_000;
    expect(await evaluate("/ns", target("u"))).toMatchObject({ status: 404, body: { errorCode: "FLAG_NOT_FOUND" } });
    test.clock.ms = START;
  });

  it("wants a token where the seed is private", async () => {
    const closed = await createApp(test.core, { ...DEFAULT_APP, seed: { maxAge: 30, privateSeed: true } });
    const base = await closed.listen({ port: 0, host: "127.0.0.1" });
    const { token } = await createToken(test.core, { role: "reader", name: "t" }, { name: "test" });
    const ask = (headers: Record<string, string>) =>
      fetch(`${base}/ofrep/v1/evaluate/flags/ns`, { method: "POST", body: JSON.stringify(target("u")), headers });
    expect((await ask({})).status).toBe(401);
    expect((await ask({ authorization: "Bearer unfork_reader_000000000000_" + "A".repeat(43) })).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${token}` })).status).toBe(200);
    expect((await ask({ "x-api-key": token })).status).toBe(200);
    await closed.close();
  });
});
