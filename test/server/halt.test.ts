/** The whole way: events over HTTP, analysis by DuckDB, the real decision, a signed halt, a client that follows. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type SeedClient, openClient } from "../../src/experiment/client/index.js";
import { generateKey, publicPart } from "../../src/experiment/assignment/keys.js";
import { signBase } from "../../src/experiment/assignment/sign-seed.js";
import { DEFAULT_APP } from "../../src/server/app.js";
import { LOCAL } from "../../src/server/core/core.js";
import { acceptBase } from "../../src/server/core/accept-base.js";
import { createExperiment } from "../../src/server/core/experiments.js";
import { proposeBase } from "../../src/server/core/proposal.js";
import { actOnRollout } from "../../src/server/core/rollout.js";
import { createToken } from "../../src/server/core/tokens.js";
import { trustKey } from "../../src/server/core/trust.js";
import { type OpenServer, openServer } from "../../src/server/open-server.js";
import { sampleExperiment } from "../helpers/sample-experiment.js";
import { temporaryFolder } from "../helpers/temp.js";

const signer = generateKey("signer");
let server: OpenServer;
let client: SeedClient;
const tokens: Record<"ingest" | "operator", string> = { ingest: "", operator: "" };

beforeAll(async () => {
  server = await openServer({
    dir: temporaryFolder(),
    project: "webrtc",
    host: "127.0.0.1",
    port: 0,
    signerFiles: [],
    lookEveryMs: 0,
    telemetry: true,
    app: DEFAULT_APP,
  });
  const { core } = server;
  for (const role of ["ingest", "operator"] as const) tokens[role] = (await createToken(core, { role, name: role }, LOCAL)).token;
  await trustKey(core, publicPart(signer), LOCAL);
  await createExperiment(core, sampleExperiment("ns", { stages: [{ percent: 50, minExposures: 10, minHours: 0 }] }), LOCAL);
  await actOnRollout(core, "ns-m150", "start", "m150", LOCAL);
  await acceptBase(core, signBase((await proposeBase(core)).payload, [signer]), LOCAL);
});
afterAll(async () => {
  await client?.close();
  await server?.close();
});

async function post(path: string, role: "ingest" | "operator", body: string, type: string) {
  const response = await fetch(`${server.url}${path}`, {
    method: "POST",
    body,
    headers: { authorization: `Bearer ${tokens[role]}`, "content-type": type },
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe("a flavor that crashes", { timeout: 120_000 }, () => {
  it("is halted by what the fleet sends, and is gone from a client that follows within a second of the decision", async () => {
    let changed = 0;
    client = await openClient({
      project: "webrtc",
      keys: [publicPart(signer)],
      url: `${server.url}/v1/seed`,
      defaultFlavor: "legacy",
      follow: true,
      onVersion: () => (changed = performance.now()),
    });
    const device = Array.from({ length: 100 }, (_, at) => `device ${at}`).find(
      (id) => client.peek("ns", { device: id }).arm === "treatment",
    );
    expect(client.peek("ns", { device: device ?? "" })).toMatchObject({ flavor: "latest" });

    const lines: string[] = [];
    const time = Date.now();
    for (let at = 0; at < 2000; at++) {
      const arm = at % 2 === 0 ? "treatment" : "control";
      const common = {
        time,
        experiment: "ns-m150",
        useCase: "ns",
        phase: 1,
        arm,
        unit: at.toString(16).padStart(32, "0"),
        flavor: arm === "treatment" ? "latest" : "legacy",
        seed: 1,
      };
      lines.push(JSON.stringify({ id: `exposure-${at}`, type: "exposure", ...common }));
      if (at % (arm === "treatment" ? 20 : 401) === 0)
        lines.push(JSON.stringify({ id: `crash-of-${at}`, type: "crash", stage: "startup", signal: "SIGSEGV", ...common }));
    }
    expect(await post("/v1/events", "ingest", lines.join("\n"), "application/x-ndjson")).toMatchObject({
      status: 200,
      body: { accepted: lines.length },
    });
    const { status, body } = await post("/api/v1/experiments/ns-m150/analyze", "operator", "{}", "application/json");
    const decided = performance.now();
    expect(body).toMatchObject({
      decision: { action: "halt", reasons: [{ code: "harm", metric: "crash" }] },
      changed: { ramp: { state: "halted" }, halt: 2 },
    });
    expect(status).toBe(200);
    await expect
      .poll(() => client.peek("ns", { device: device ?? "" }), { interval: 5, timeout: 5000 })
      .toMatchObject({ flavor: "legacy", reason: "capped", seed: 2 });
    expect(changed - decided).toBeLessThan(1000);
  });

  it("is confirmed to be gone when the control's exposures come alone", async () => {
    const before = await post("/api/v1/experiments/ns-m150/analyze", "operator", "{}", "application/json");
    expect(before.body).toMatchObject({ decision: { action: "halt" }, changed: { ramp: { state: "halted" } } });
    expect(before.body).not.toHaveProperty("changed.ramp.confirmed");
    const lines = Array.from({ length: 20 }, (_, at) =>
      JSON.stringify({
        id: `exposure-after-${at}`,
        time: Date.now(),
        type: "exposure",
        experiment: "ns-m150",
        useCase: "ns",
        phase: 1,
        arm: "control",
        unit: (2 * at + 1).toString(16).padStart(32, "0"),
        flavor: "legacy",
        seed: 2,
      }),
    );
    await post("/v1/events", "ingest", lines.join("\n"), "application/x-ndjson");
    const after = await post("/api/v1/experiments/ns-m150/analyze", "operator", "{}", "application/json");
    expect(after.body).toMatchObject({ changed: { ramp: { state: "halted", confirmed: expect.any(String) } } });
  });
});
