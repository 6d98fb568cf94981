/** The seed over HTTP, and notices of the next one. */
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { judgeSeed } from "../../src/experiment/assignment/judge-seed.js";
import { publicPart } from "../../src/experiment/assignment/keys.js";
import { DEFAULT_APP, createApp } from "../../src/server/app.js";
import { PROJECT, START, type TestCore, openTestCore } from "../helpers/test-core.js";

let test: TestCore;
let app: FastifyInstance;
let url: string;

beforeAll(async () => {
  test = await openTestCore();
  app = await createApp(test.core, { ...DEFAULT_APP, stream: { heartbeatMs: 50, most: 2 } });
  url = await app.listen({ port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await app?.close();
  await test?.stop();
});

/** Reads a stream of events until it has so many of them. */
async function events(
  path: string,
  count: number,
  headers: Record<string, string> = {},
  started: () => void = () => undefined,
): Promise<string[]> {
  const controller = new AbortController();
  const response = await fetch(`${url}${path}`, { headers, signal: controller.signal });
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  let text = "";
  started();
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk as Uint8Array).toString();
    if (text.split("\n\n").filter((one) => one.includes("data:")).length >= count) break;
  }
  controller.abort();
  return text.split("\n\n").filter((one) => one.includes("data:"));
}

describe("the seed over HTTP", () => {
  it("is not there before one was signed", async () => {
    const response = await fetch(`${url}/v1/seed`);
    expect([response.status, response.headers.get("cache-control")]).toEqual([404, "no-store"]);
  });

  it("is a document that clients accept and caches may keep", async () => {
    test.core.publisher.publish({ base: test.base(1, { ns: 5 }) });
    const response = await fetch(`${url}/v1/seed`);
    const trust = { project: PROJECT, keys: [publicPart(test.signer)], previous: undefined, now: START };
    expect(judgeSeed(await response.text(), trust)).toMatchObject({ status: "accepted", base: { version: 1 } });
    expect(response.headers.get("cache-control")).toBe("public, max-age=30, stale-if-error=86400");
    const etag = response.headers.get("etag") ?? "";
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const again = await fetch(`${url}/v1/seed`, { headers: { "if-none-match": tag } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
  });

  it("never goes back to a lower version", async () => {
    const served = test.core.publisher.publish({ base: test.base(7, { ns: 5 }) });
    expect(test.core.publisher.publish({ base: test.base(6, { ns: 50 }) })).toBe(served);
  });

  it("tells streams the version at once, and each next one within a second", async () => {
    const { document } = test.core.publisher.current() ?? { document: { base: test.base(7, {}) } };
    let published = 0;
    const told = await events("/v1/seed/stream", 2, {}, () => {
      setTimeout(() => {
        published = performance.now();
        test.core.publisher.publish(test.halted(document, "ns"));
      }, 100);
    });
    expect(performance.now() - published).toBeLessThan(1000);
    expect(told.map((one) => /id: (\d+)/.exec(one)?.[1])).toEqual(["7", "8"]);
    expect(told[1]).toMatch(/event: seed\n/);
  });

  it("tells nothing to who knows the version, and what was missed to who does not", async () => {
    const [next] = await events(
      "/v1/seed/stream",
      1,
      { "last-event-id": "8" },
      () => void setTimeout(() => test.core.publisher.publish({ base: test.base(9, { ns: 1 }) }), 150),
    );
    expect(next).toContain("id: 9\n");
    const [missed] = await events("/v1/seed/stream", 1, { "last-event-id": "8" });
    expect(missed).toContain("id: 9\n");
    const [ofrep] = await events("/ofrep/v1/stream?since=8", 1);
    expect(ofrep).toMatch(/^id: 9\ndata: \{"type":"refetchEvaluation"/m);
  });

  it("shows signs of life, and refuses more streams than it was told to hold", async () => {
    const controllers = [new AbortController(), new AbortController()];
    const [first] = await Promise.all(controllers.map(({ signal }) => fetch(`${url}/v1/seed/stream`, { signal })));
    const full = await fetch(`${url}/v1/seed/stream`);
    expect([full.status, full.headers.get("retry-after")]).toEqual([503, "5"]);
    let text = "";
    for await (const chunk of first?.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (text.includes(": still here")) break;
    }
    for (const controller of controllers) controller.abort();
  });
});
