/** `unfork serve` as a process: refused twice, killed under load, its database taken away, TLS, two servers on one database. */
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { readSigningKey } from "../../src/experiment/assignment/key-file.js";
import { signBase } from "../../src/experiment/assignment/sign-seed.js";
import type { SigningKey } from "../../src/experiment/assignment/keys.js";
import type { BasePayload } from "../../src/model/seed.js";
import { type PostgresCluster, postgresMissing, startPostgres } from "../helpers/postgres-cluster.js";
import { sampleExperiment } from "../helpers/sample-experiment.js";
import { type ServeProcess, startServe, unfork } from "../helpers/serve-process.js";
import { temporaryFolder } from "../helpers/temp.js";

const running: ServeProcess[] = [];
const keys = temporaryFolder();
const signerFile = join(keys, "signer.json");
let signer: SigningKey;

/** A folder with a state and two tokens in it: making one takes longer than anything else here. */
const template = temporaryFolder();
const made: Record<string, string> = {};

beforeAll(async () => {
  for (const role of ["operator", "signer"]) made[role] = token(template, role);
  expect(unfork(["seed", "keygen", "--role", "signer", "--out", signerFile]).status).toBe(0);
  signer = await readSigningKey(signerFile);
}, 240_000);
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
});

/** A copy of the template, and its tokens. */
function ready(): { readonly dir: string; readonly operator: string; readonly signing: string } {
  const dir = temporaryFolder();
  cpSync(template, dir, { recursive: true });
  return { dir, operator: made["operator"] ?? "", signing: made["signer"] ?? "" };
}

async function serve(dir: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<ServeProcess> {
  const started = await startServe(dir, ["--signer", signerFile, "--project", "webrtc", ...args], env);
  running.push(started);
  return started;
}

function token(dir: string, role: string, env: Readonly<Record<string, string>> = {}): string {
  const { status, stdout, stderr } = unfork(["token", "create", "--dir", dir, "--role", role, "--name", role, "--project", "webrtc"], env);
  expect(status, stderr).toBe(0);
  return stdout;
}

async function call(url: string, bearer: string, method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${bearer}`, ...(body === undefined ? {} : { "content-type": "application/json" }) };
  const response = await fetch(`${url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text === "" ? {} : JSON.parse(text)) as Record<string, unknown> };
}

async function startAndSign(url: string, operator: string, signing: string, useCase: string): Promise<void> {
  expect((await call(url, operator, "POST", "/experiments", sampleExperiment(useCase))).status).toBe(201);
  expect((await call(url, operator, "POST", `/experiments/${useCase}-m150/rollout/start`, { reason: "m150" })).status).toBe(200);
  const proposal = await call(url, operator, "GET", "/seeds/proposal");
  const base = signBase(proposal.body["payload"] as BasePayload, [signer]);
  expect((await call(url, signing, "POST", "/seeds", { base })).status).toBe(201);
}

describe("unfork serve on a folder", { timeout: 180_000 }, () => {
  it("starts without secrets on its lips, refuses a second, and ends in order when told to", async () => {
    const { dir, operator } = ready();
    const first = await serve(dir);
    const second = unfork(["serve", "--dir", dir, "--port", "0"]);
    expect(second.status).toBe(3);
    expect(second.stderr).toMatch(/has the state in .* open/);
    expect(unfork(["token", "list", "--url", first.url], { UNFORK_TOKEN: operator }).stdout).toContain("operator");
    expect(unfork(["token", "create", "--role", "signer", "--name", "x", "--url", first.url], { UNFORK_TOKEN: operator }).status).toBe(2);
    expect(unfork(["serve", "verify-audit", "--url", first.url], { UNFORK_TOKEN: operator }).stdout).toMatch(/^intact: \d+ rows/);
    expect(unfork(["token", "list", "--url", first.url], { UNFORK_TOKEN: "nonsense" }).stderr).toContain("unknown");
    first.child.kill("SIGTERM");
    expect(await first.ended).toBe(0);
    const haltKey = JSON.parse(readFileSync(join(dir, "halt-key.json"), "utf8")) as { privateKey: string };
    for (const secret of [operator.slice(-43), haltKey.privateKey]) expect(first.said()).not.toContain(secret);
    expect(first.said()).not.toMatch(/Deprecat|Warning/);
    expect(unfork(["serve", "verify-audit", "--dir", dir]).stdout).toMatch(/^intact: \d+ rows, head [0-9a-f]{64}$/);
  });

  it("will not hold a key that can raise exposure, and warns of a network without TLS", async () => {
    const { dir } = ready();
    expect(unfork(["serve", "--dir", dir, "--port", "0", "--halt-key", signerFile]).stderr).toContain("must not be able to raise");
    const open = await serve(dir, ["--host", "0.0.0.0"]);
    await expect.poll(() => open.said()).toContain("without TLS");
  });

  it("loses nothing that it acknowledged when it is killed under load, and its state is consistent", async () => {
    const { dir, operator, signing } = ready();
    let { url, child, ended } = await serve(dir);
    await startAndSign(url, operator, signing, "ns");
    const acknowledged: string[] = [];
    let served = 1;
    for (let round = 0; round < 3; round++) {
      const stop = new AbortController();
      const writers = [0, 1, 2].map(async (writer) => {
        for (let at = 0; !stop.signal.aborted; at++) {
          const useCase = `uc-${round}-${writer}-${at}`;
          const answer = await call(url, operator, "POST", "/experiments", sampleExperiment(useCase)).catch(() => undefined);
          if (answer?.status === 201) acknowledged.push(`${useCase}-m150`);
        }
      });
      const halting = round === 1 ? call(url, operator, "POST", "/experiments/ns-m150/rollout/rollback", { reason: "harm" }) : undefined;
      const halted = await halting?.catch(() => undefined);
      if (halted?.status === 200) served = Number(halted.body["halt"]);
      await new Promise((resolve) => void setTimeout(resolve, 300 + round * 170));
      child.kill("SIGKILL");
      await ended;
      stop.abort();
      await Promise.all(writers);
      ({ url, child, ended } = await serve(dir));
      const { body } = await call(url, operator, "GET", "/experiments");
      const there = new Set((body["experiments"] as { experiment: { id: string } }[]).map(({ experiment }) => experiment.id));
      expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
      expect((await call(url, operator, "GET", "/audit/verify")).body).toMatchObject({ status: "intact" });
      expect((await call(url, operator, "GET", "/status")).body).toMatchObject({ seed: { version: served } });
    }
    expect(served).toBe(2);
    expect(acknowledged.length).toBeGreaterThan(3);
  });

  it("speaks TLS by its flags", async () => {
    const { dir } = ready();
    const [cert, key] = [join(dir, "cert.pem"), join(dir, "key.pem")];
    const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
    expect(
      spawnSync("openssl", [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-keyout",
        key,
        "-out",
        cert,
        ...subject,
      ]).status,
    ).toBe(0);
    const wrong = unfork(["serve", "--dir", dir, "--port", "0", "--tls-cert", key, "--tls-key", cert]);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining("are not a certificate and its key")]);
    const { url } = await serve(dir, ["--tls-cert", cert, "--tls-key", key]);
    expect(url).toMatch(/^https:/);
    const ask = (path: string, method: string, body?: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request(`${url}${path}`, { ca: readFileSync(cert), method }, (response) => {
          response.resume();
          response.on("end", () => resolve(response.statusCode));
        });
        asked.on("error", reject);
        asked.end(body);
      });
    expect(await ask("/healthz", "GET")).toBe(200);
    expect(await ask("/ofrep/v1/evaluate/flags", "POST", '{"context":{"targetingKey":"u"}}')).toBe(200);
    await expect(fetch(url.replace("https", "http"))).rejects.toThrow("fetch failed");
  });
});

describe.skipIf(postgresMissing() !== undefined)("unfork serve on PostgreSQL", { timeout: 180_000 }, () => {
  let cluster: PostgresCluster;
  beforeAll(async () => {
    cluster = await startPostgres();
  });
  afterAll(() => cluster?.stop());

  it("serves one fleet from two servers, each with its own halt key: a halt of one is served by the other within a second", async () => {
    const env = { DATABASE_URL: await cluster.createDatabase("shared") };
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    const [operator, signing] = [token(one, "operator", env), token(one, "signer", env)];
    const first = await serve(one, [], env);
    const second = await serve(other, ["--no-telemetry"], env);
    await startAndSign(first.url, operator, signing, "ns");
    await expect
      .poll(async () => (await fetch(`${second.url}/v1/seed`)).headers.get("x-unfork-seed"), { interval: 50, timeout: 5000 })
      .toBe("1");
    const since = performance.now();
    expect((await call(second.url, operator, "POST", "/experiments/ns-m150/rollout/rollback", { reason: "harm" })).status).toBe(200);
    await expect
      .poll(async () => (await fetch(`${first.url}/v1/seed`)).headers.get("x-unfork-seed"), { interval: 20, timeout: 5000 })
      .toBe("2");
    expect(performance.now() - since).toBeLessThan(1500);
  });

  it("answers 503 while the database is away, serves what it knows, and goes on by itself when it is back", async () => {
    const env = { DATABASE_URL: await cluster.createDatabase("restarted") };
    const dir = temporaryFolder();
    const [operator, signing] = [token(dir, "operator", env), token(dir, "signer", env)];
    const { url, child, ended, said } = await serve(dir, [], env);
    await startAndSign(url, operator, signing, "ns");
    const restarting = cluster.restart({ kill: true, pauseMs: 1500 });
    await expect.poll(async () => (await fetch(`${url}/readyz`)).status, { interval: 50, timeout: 10_000 }).toBe(503);
    const away = await fetch(`${url}/readyz`);
    expect([away.status, away.headers.get("retry-after")]).toEqual([503, "1"]);
    expect((await fetch(`${url}/v1/seed`)).status).toBe(200);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await restarting;
    await expect.poll(async () => (await call(url, operator, "GET", "/experiments")).status, { interval: 100, timeout: 15_000 }).toBe(200);
    expect((await call(url, operator, "POST", "/experiments/ns-m150/rollout/hold", { reason: "after the restart" })).status).toBe(200);
    expect((await call(url, operator, "GET", "/audit/verify")).body).toMatchObject({ status: "intact" });
    await expect.poll(said, { timeout: 5000 }).toContain("the database is back");
    for (const text of [env.DATABASE_URL, new URL(env.DATABASE_URL).password]) expect(said()).not.toContain(text);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
  });

  it("tells in words that no database answers", () => {
    const dead = unfork(["serve", "--dir", temporaryFolder(), "--port", "0"], {
      DATABASE_URL: "postgresql://unfork:secret@127.0.0.1:1/none",
    });
    expect(dead.status).toBe(3);
    expect(dead.stderr).toContain("cannot open the database");
    expect(dead.stderr).not.toContain("secret");
  });
});
