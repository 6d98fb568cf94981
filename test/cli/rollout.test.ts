/** Holds `unfork experiment` and `unfork rollout` against a server over HTTP: drafts, a signed seed, a hold, a rollback. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { generateKey, publicPart } from "../../src/experiment/assignment/keys.js";
import { addApi } from "../../src/server/api.js";
import { DEFAULT_APP, createApp } from "../../src/server/app.js";
import { LOCAL } from "../../src/server/core/core.js";
import { createExperiment } from "../../src/server/core/experiments.js";
import { createToken } from "../../src/server/core/tokens.js";
import { trustKey } from "../../src/server/core/trust.js";
import { packageRoot } from "../../src/support/version.js";
import { sampleExperiment } from "../helpers/sample-experiment.js";
import { temporaryFolder } from "../helpers/temp.js";
import { type TestCore, openTestCore } from "../helpers/test-core.js";

const BIN = join(packageRoot(), "bin/unfork.js");
const root = temporaryFolder();

describe("rollouts at the command line", () => {
  let core: TestCore;
  let app: FastifyInstance;
  let url = "";

  beforeAll(async () => {
    core = await openTestCore();
    app = await createApp(core.core, DEFAULT_APP);
    addApi(app, core.core);
    url = await app.listen({ port: 0, host: "127.0.0.1" });
    for (const role of ["operator", "signer"] as const) {
      const { token } = await createToken(core.core, { role, name: role }, LOCAL);
      writeFileSync(join(root, `${role}.token`), `${token}\n`);
    }
    await trustKey(core.core, publicPart(core.signer), LOCAL);
    writeFileSync(join(root, "signer.json"), JSON.stringify(core.signer), { mode: 0o600 });
    writeFileSync(join(root, "other.json"), JSON.stringify(generateKey("signer")), { mode: 0o600 });
    await createExperiment(core.core, sampleExperiment("aec"), LOCAL);
    await createExperiment(core.core, sampleExperiment("ns", { dependsOn: ["aec"] }), LOCAL);
  });
  afterAll(async () => {
    await app?.close();
    await core?.stop();
  });

  /** As a person calls it: the server by the environment, the token by a file. */
  function unfork(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const env = { ...process.env, UNFORK_URL: url, NO_COLOR: "1" };
    return new Promise((done) => {
      execFile(process.execPath, [BIN, ...args], { cwd: root, env }, (error, out, err) => {
        done({ code: typeof error?.code === "number" ? error.code : 0, out, err });
      });
    });
  }
  const operator = (...args: string[]) => unfork(...args, "--token-file", "operator.token");
  const signer = (...args: string[]) => unfork("rollout", "sign", ...args, "--token-file", "signer.token");

  it("shows drafts, starts one, and says that a raise waits for a signature", async () => {
    expect((await operator("experiment", "list")).out).toMatch(/aec-m150 +· draft/);
    const started = await operator("rollout", "start", "aec-m150", "--reason", "as agreed");
    expect(started.out).toBe("aec-m150: · draft; waits for a signature: unfork rollout sign --key FILE\n");
    await operator("rollout", "start", "ns-m150", "--reason", "as agreed");
    const { out } = await operator("rollout", "status");
    expect(out).toMatch(/webrtc: no seed yet · 2 draft/);
    expect(out).toMatch(/waits for a signature \(unfork rollout sign\): aec-m150\n/);
    expect(out).toMatch(/aec-m150 .*waits for a signature: 1 %/);
    expect(out).toMatch(/ns-m150 .*waits for the use case aec, which is not promoted yet/);
  });

  it("refuses without a reason, without a token, and what the state does not allow", async () => {
    expect(await operator("rollout", "hold", "aec-m150")).toMatchObject({ code: 2, err: expect.stringContaining("--reason") });
    expect(await unfork("rollout", "status")).toMatchObject({ code: 2, err: expect.stringContaining("a token is needed") });
    const early = await operator("rollout", "hold", "aec-m150", "--reason", "too early");
    expect(early).toMatchObject({ code: 2, err: expect.stringContaining("cannot be held: it is waiting for its first signed seed") });
    expect((await operator("experiment", "show", "nothing")).err).toContain("there is no experiment 'nothing'");
  });

  it("shows a signer everything that a base changes, keys as well, and signs only what it is told to", async () => {
    const { out } = await signer("--key", "signer.json", "--dry-run");
    expect(out).toMatch(/▲ raises aec: 0 % → 1 % \(operator \(operator \w+\): as agreed\)/);
    expect(out).toContain(`+ trusts halt ${core.core.haltKey.id}`);
    expect(out).not.toContain("ns:");
    expect(await signer("--key", "signer.json")).toMatchObject({ code: 2, err: expect.stringContaining("nobody can be asked here") });
    const beyond = await signer("--key", "signer.json", "--yes", "--up-to", "0.5");
    expect(beyond).toMatchObject({ code: 2, err: expect.stringContaining("aec would go to 1 %, beyond 0.5 %") });
    expect((await signer("--key", "other.json", "--yes")).code).toBe(2);
    expect((await signer("--key", "signer.json", "--yes")).out).toBe("signed: base 1 is served\n");
    expect((await signer("--key", "signer.json", "--yes")).out).toBe("nothing waits for a signature\n");
  });

  it("shows the rollout, holds it, resumes it, raises it without the gate, and says so to the signer", async () => {
    expect((await operator("rollout", "status", "aec-m150")).out).toContain("aec-m150: ▶ running · seed 1 sends 1 % to the new flavor");
    expect((await operator("rollout", "hold", "aec-m150", "--reason", "a look first")).out).toContain("‖ holding");
    expect((await operator("experiment", "show", "aec-m150")).out).toMatch(/UTC by operator .*: a look first/);
    await operator("rollout", "resume", "aec-m150", "--reason", "looked");
    await operator("rollout", "promote", "aec-m150", "--reason", "no harm in the lab");
    expect((await signer("--key", "signer.json", "--dry-run")).out).toMatch(
      /aec: 1 % → 50 % \(operator .*, without the gate: no harm in the lab\)/,
    );
  });

  it("signs without a person within what was allowed, as long as it runs", async () => {
    const env = { ...process.env, UNFORK_URL: url };
    const args = ["rollout", "sign", "--key", "signer.json", "--watch", "--up-to", "50", "--every", "1", "--token-file", "signer.token"];
    const child = execFile(process.execPath, [BIN, ...args], { cwd: root, env, timeout: 60_000 });
    const told = await new Promise<string>((done) => child.stderr?.on("data", (text: Buffer) => done(String(text))));
    child.kill("SIGKILL");
    expect(told).toBe("signed: base 2 is served (aec 1 → 50 %)\n");
  });

  it("changes keys and raises the version as a person tells it, and shows that before", async () => {
    const second = generateKey("signer");
    writeFileSync(join(root, "second.json"), JSON.stringify(second), { mode: 0o600 });
    const added = await signer("--key", "signer.json", "--yes", "--add-key", "second.json", "--base-version", "2000");
    expect(added.err).toContain(`+ trusts signer ${second.id}`);
    expect(added.err).toContain("from 2 to 2000: devices take nothing below it any more");
    expect(added.out).toBe("signed: base 2000 is served\n");
    const own = await signer("--key", "signer.json", "--yes", "--revoke", core.signer.id);
    expect(own).toMatchObject({ code: 2, err: expect.stringContaining("is revoked, or may only halt") });
    const gone = await signer("--key", "second.json", "--trust", "signer.json", "--yes", "--revoke", core.signer.id);
    expect(gone.err).toContain(`✗ revokes ${core.signer.id}, for good`);
    expect(gone.out).toBe("signed: base 2001 is served\n");
    expect(await signer("--key", "second.json", "--drop-key", core.signer.id)).toMatchObject({ code: 2 });
    expect(await signer("--key", "second.json", "--base-version", "7")).toMatchObject({ code: 2 });
    expect((await signer("--key", "second.json", "--watch", "--up-to", "5", "--base-version", "7")).err).toContain("by a person, once");
  });

  it("rolls back at once by the server's own key, stops what depends on it, and never goes on", async () => {
    const { out, code } = await operator("rollout", "rollback", "aec-m150", "--reason", "echo", "--json");
    expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ halt: 2002, stoppedWith: ["ns-m150"] })]);
    expect((await operator("rollout", "status", "aec-m150")).out).toContain("↩ rolled back · seed 2002 sends 0 % to the new flavor");
    expect((await operator("rollout", "resume", "aec-m150", "--reason", "try")).err).toContain("cannot be resumed: it is rolled-back");
  });
});
