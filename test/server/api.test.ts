/** The API as operators, signers and readers use it: over HTTP, by token, on both engines of the state. */
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { signBase } from "../../src/experiment/assignment/sign-seed.js";
import { generateKey, publicPart } from "../../src/experiment/assignment/keys.js";
import type { BasePayload } from "../../src/model/seed.js";
import { addApi } from "../../src/server/api.js";
import { DEFAULT_APP, createApp } from "../../src/server/app.js";
import { LOCAL } from "../../src/server/core/core.js";
import { ROLES, createToken } from "../../src/server/core/tokens.js";
import { trustKey } from "../../src/server/core/trust.js";
import { ROUTE_ACCESS } from "../../src/server/security/route-access.js";
import type { Role } from "../../src/store/state/tokens.js";
import { sampleExperiment } from "../helpers/sample-experiment.js";
import { ENGINES, type StateMaker } from "../helpers/state-engines.js";
import { START, type TestCore, openTestCore } from "../helpers/test-core.js";

for (const engine of ENGINES) {
  describe.skipIf(engine.skip !== undefined)(`the API on ${engine.name}`, () => {
    let maker: StateMaker;
    let test: TestCore;
    let app: FastifyInstance;
    let url: string;
    const tokens = new Map<Role, string>();
    const logged: string[] = [];

    beforeAll(async () => {
      maker = await engine.start();
      test = await openTestCore((await maker.open()).state);
      const limits = { open: { perSecond: 0, burst: 0 }, api: { perSecond: 1000, burst: 1000 } };
      app = await createApp(test.core, { ...DEFAULT_APP, limits, verbose: true, log: (text) => logged.push(text) });
      addApi(app, test.core);
      url = await app.listen({ port: 0, host: "127.0.0.1" });
      for (const role of ROLES) tokens.set(role, (await createToken(test.core, { role, name: `the ${role}` }, LOCAL)).token);
      await trustKey(test.core, publicPart(test.signer), LOCAL);
    });
    afterAll(async () => {
      await app?.close();
      await test?.stop();
      await maker?.stop();
    });

    async function call(role: Role | undefined, method: string, path: string, body?: unknown) {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          ...(role === undefined ? {} : { authorization: `Bearer ${tokens.get(role)}` }),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown> };
    }

    async function signed(change: (payload: BasePayload) => BasePayload = (payload) => payload, key = test.signer) {
      const { body } = await call("reader", "GET", "/seeds/proposal");
      return signBase(change(body["payload"] as BasePayload), [key]);
    }

    it("lets each role do what the table of routes says, and nothing else", async () => {
      for (const [route, access] of Object.entries(ROUTE_ACCESS)) {
        const [method = "", path = ""] = route.split(" ");
        if (typeof access === "string" || !path.startsWith("/api") || path.includes("/jobs")) continue;
        for (const role of [undefined, ...ROLES]) {
          const { status } = await call(role, method, path.slice("/api/v1".length).replace(":id", "nothing").replace(":action", "hold"));
          if (role === undefined) expect([route, role, status]).toEqual([route, role, 401]);
          else if (!access.includes(role)) expect([route, role, status]).toEqual([route, role, 403]);
          else expect([401, 403]).not.toContain(status);
        }
      }
    });

    it("takes in a plan, refuses a second of its id, an unknown key and another project", async () => {
      expect(await call("operator", "POST", "/experiments", sampleExperiment("ns"))).toMatchObject({
        status: 201,
        body: { experiment: { state: "draft" } },
      });
      expect((await call("operator", "POST", "/experiments", sampleExperiment("ns"))).status).toBe(409);
      expect((await call("operator", "POST", "/experiments", { ...sampleExperiment("aec"), colour: "red" })).status).toBe(400);
      expect((await call("operator", "POST", "/experiments", sampleExperiment("aec", { project: "other" }))).status).toBe(400);
      expect((await call("operator", "POST", "/experiments", sampleExperiment("aec", { dependsOn: ["ns"] }))).status).toBe(201);
      expect((await call("reader", "GET", "/experiments")).body["experiments"]).toHaveLength(2);
    });

    it("needs a reason for every action, and tells what a state does not allow", async () => {
      expect((await call("operator", "POST", "/experiments/ns-m150/rollout/start", {})).status).toBe(400);
      expect((await call("operator", "POST", "/experiments/ns-m150/rollout/dance", { reason: "why not" })).status).toBe(400);
      expect(await call("operator", "POST", "/experiments/ns-m150/rollout/resume", { reason: "?" })).toMatchObject({
        status: 409,
        body: { error: { code: "state-invalid" } },
      });
      expect((await call("operator", "POST", "/experiments/none/rollout/start", { reason: "go" })).status).toBe(404);
    });

    it("raises nothing by a start alone: that waits for a signer", async () => {
      expect(await call("operator", "POST", "/experiments/ns-m150/rollout/start", { reason: "m150 is out" })).toMatchObject({
        status: 200,
        body: { ramp: { pending: { stage: 0 } } },
      });
      expect(test.core.publisher.current()).toBeUndefined();
      expect(await call("reader", "GET", "/seeds/proposal")).toMatchObject({
        status: 200,
        body: { needed: "raises", payload: { version: 1 }, raises: [{ experiment: "ns-m150", from: 0, to: 1 }] },
      });
    });

    it("refuses a base of a stranger, an altered one, a halt key's, and one that says more than the rollouts allow", async () => {
      const stranger = generateKey("signer");
      const cases = [
        { base: await signed((payload) => payload, stranger), status: 400 },
        { base: { ...(await signed()), payload: Buffer.from("{}").toString("base64") }, status: 400 },
        { base: await signed((payload) => ({ ...payload, useCases: {} })), status: 409 },
        { base: await signed((payload) => ({ ...payload, version: 200_000 })), status: 409 },
        { base: await signed((payload) => ({ ...payload, keys: [publicPart(test.signer)] })), status: 400 },
        { base: await signed((payload) => ({ ...payload, expires: new Date(START + 500 * 86_400_000).toISOString() })), status: 400 },
      ];
      for (const { base, status } of cases) expect((await call("signer", "POST", "/seeds", { base })).status).toBe(status);
      expect((await call("operator", "POST", "/seeds", { base: await signed() })).status).toBe(403);
      expect(test.core.publisher.current()).toBeUndefined();
    });

    it("serves what a signer signed, and the phase begins with it", async () => {
      expect(await call("signer", "POST", "/seeds", { base: await signed() })).toMatchObject({ status: 201, body: { version: 1 } });
      expect(test.core.publisher.current()).toMatchObject({ version: 1, base: { useCases: { ns: { phase: 1 } } } });
      expect((await call("reader", "GET", "/experiments/ns-m150")).body).toMatchObject({
        ramp: { state: "running", phases: [{ phase: 1, stage: 0, percent: 1 }] },
        phases: [{ phase: 1, seedVersion: 1, endedAt: null, arms: [{ arm: "treatment", from: 0, to: 10_000 }, { arm: "control" }] }],
      });
      expect((await call("reader", "GET", "/experiments/ns-m150/rollout")).body).toMatchObject({ exposedPercent: 1, seed: 1 });
      expect((await call("reader", "GET", "/seeds/proposal")).body).toMatchObject({ needed: null, payload: { version: 2 } });
    });

    it("keeps a dependent use case from being raised, whatever is signed", async () => {
      await call("operator", "POST", "/experiments/aec-m150/rollout/start", { reason: "next" });
      expect((await call("reader", "GET", "/experiments/aec-m150/rollout")).body["blocks"]).toMatchObject([{ code: "dependency" }]);
      expect((await call("reader", "GET", "/seeds/proposal")).body["raises"]).toEqual([]);
    });

    it("rolls back at once by its own halt key, and never raises again by itself", async () => {
      await call("operator", "POST", "/experiments/ns-m150/rollout/promote", { reason: "we are sure" });
      expect((await call("signer", "POST", "/seeds", { base: await signed() })).body).toMatchObject({ version: 2, raises: [{ to: 50 }] });
      const before = performance.now();
      const { body } = await call("operator", "POST", "/experiments/ns-m150/rollout/rollback", { reason: "support calls" });
      const served = test.core.publisher.current();
      expect(performance.now() - before).toBeLessThan(1000);
      expect(body).toMatchObject({ halt: 3, ramp: { state: "rolled-back" }, stoppedWith: ["aec-m150"] });
      expect(served?.halt).toMatchObject({ version: 3, baseVersion: 2, caps: { ns: { cap: 0, reason: "support calls" } } });
      expect((await call("reader", "GET", "/experiments/ns-m150/rollout")).body).toMatchObject({ exposedPercent: 0 });
      for (const action of ["resume", "promote", "start"]) {
        expect((await call("operator", "POST", `/experiments/ns-m150/rollout/${action}`, { reason: "again" })).status).toBe(409);
      }
      expect((await call("reader", "GET", "/experiments/ns-m150")).body).toMatchObject({ phases: [{}, { endedAt: expect.any(String) }] });
      expect((await call("signer", "POST", "/seeds", { base: await signed() })).body).toMatchObject({ version: 4, raises: [] });
      expect(test.core.publisher.current()).toMatchObject({ version: 4, base: { useCases: { ns: { arms: [] } } } });
    });

    it("rotates keys: a new signer comes by a seed of the old one, which that seed's successor revokes", async () => {
      const next = generateKey("signer");
      const first = await signed((payload) => ({ ...payload, keys: [...payload.keys, publicPart(next)] }));
      expect((await call("signer", "POST", "/seeds", { base: first })).status).toBe(201);
      const old = test.signer.id;
      const second = await signed((payload) => ({ ...payload, keys: payload.keys.filter(({ id }) => id !== old), revoked: [old] }), next);
      expect((await call("signer", "POST", "/seeds", { base: second })).status).toBe(201);
      expect((await call("signer", "POST", "/seeds", { base: await signed((payload) => payload, next) })).status).toBe(201);
      const { body } = await call("reader", "GET", "/seeds/proposal");
      const revoked = signBase({ ...(body["payload"] as BasePayload), revoked: [] }, [test.signer]);
      expect((await call("signer", "POST", "/seeds", { base: revoked })).status).toBe(400);
      const { keys } = (await call("reader", "GET", "/keys")).body as { keys: { id: string; revokedAt: string | null }[] };
      expect(keys.find(({ id }) => id === old)?.revokedAt).not.toBeNull();
    });

    it("makes tokens of lesser roles only, and a revoked one counts for five seconds at most", async () => {
      expect((await call("operator", "POST", "/tokens", { role: "signer", name: "me" })).status).toBe(400);
      expect((await call("operator", "POST", "/tokens", { role: "operator", name: "me" })).status).toBe(400);
      const made = await call("operator", "POST", "/tokens", { role: "reader", name: "a page", days: 1 });
      const { token, id } = made.body as { token: string; id: string };
      const ask = async () => (await fetch(`${url}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } })).status;
      expect(await ask()).toBe(200);
      expect((await call("operator", "DELETE", `/tokens/${id}`)).status).toBe(204);
      test.clock.ms += 5001;
      expect(await ask()).toBe(401);
      expect((await call("operator", "DELETE", `/tokens/${id}`)).status).toBe(404);
      const again = await call("operator", "POST", "/tokens", { role: "reader", name: "another", days: 1 });
      test.clock.ms += 86_400_001;
      const expired = await fetch(`${url}/api/v1/status`, { headers: { authorization: `Bearer ${String(again.body["token"])}` } });
      expect(expired.status).toBe(401);
      test.clock.ms = START;
    });

    it("has every action in an audit log whose chain holds, with who did it and why", async () => {
      const { body } = await call("reader", "GET", "/audit?limit=1000");
      const rows = body["rows"] as { action: string; actor: string; detail: unknown }[];
      expect(new Set(rows.map(({ action }) => action))).toEqual(
        new Set([
          "token.create",
          "token.revoke",
          "key.trust",
          "experiment.create",
          "rollout.start",
          "rollout.promote",
          "rollout.rollback",
          "rollout.halt",
          "rollout.phase",
          "seed.base",
          "seed.halt",
        ]),
      );
      expect(rows.find(({ action }) => action === "rollout.rollback")).toMatchObject({
        actor: expect.stringMatching(/^the operator \(operator [0-9a-f]{12}\)$/),
        detail: { reason: "support calls" },
      });
      expect((await call("reader", "GET", "/audit/verify")).body).toMatchObject({ status: "intact", rows: rows.length });
    });

    it("tells no secret: not in the log, not in an answer, not in the state", async () => {
      await call("operator", "POST", "/experiments", `{"${tokens.get("operator")}`);
      const stored = await test.core.db.query.tokens.findMany();
      const audit = (await call("reader", "GET", "/audit?limit=1000")).body;
      const everything = JSON.stringify([
        logged,
        stored,
        audit,
        (await call("operator", "GET", "/tokens")).body,
        (await call("reader", "GET", "/status")).body,
      ]);
      expect(logged.length).toBeGreaterThan(50);
      for (const token of tokens.values()) expect(everything).not.toContain(token.slice(-43));
      expect(everything).not.toContain(test.core.haltKey.privateKey);
    });

    it("answers strange requests without telling of itself", async () => {
      const huge = await fetch(`${url}/api/v1/experiments`, {
        method: "POST",
        body: `"${"x".repeat(300_000)}"`,
        headers: { "content-type": "application/json", authorization: `Bearer ${tokens.get("operator")}` },
      });
      expect(huge.status).toBe(413);
      const text = await fetch(`${url}/api/v1/experiments`, {
        method: "POST",
        body: "a=b",
        headers: { "content-type": "text/csv", authorization: `Bearer ${tokens.get("operator")}` },
      });
      expect(text.status).toBe(415);
      const headers = (await fetch(`${url}/api/v1/nothing`)).headers;
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(
        (
          await fetch(`${url}/v1/seed`, {
            method: "OPTIONS",
            headers: { origin: "https://a.example", "access-control-request-method": "GET" },
          })
        ).status,
      ).toBe(404);
    });
  });
}
