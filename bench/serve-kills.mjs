/**
 * Kills a whole server with SIGKILL at random moments under load, starts it again on its folder, and checks: every experiment that
 * was acknowledged is there, every event that was acknowledged is there once, the audit chain is whole, the seed never goes back.
 * Usage: node bench/serve-kills.mjs [--rounds N], after `npm run build`. Exits with 1 at the first fault.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { readSigningKey } from "../dist/experiment/assignment/key-file.js";
import { signBase } from "../dist/experiment/assignment/sign-seed.js";
import { openDuck } from "../dist/store/telemetry/files/duck.js";
import { readManifest } from "../dist/store/telemetry/files/manifest.js";
import { parquet } from "../dist/store/telemetry/files/sql-text.js";
import { openTelemetry } from "../dist/store/telemetry/open-telemetry.js";
import { seededRandom } from "../dist/support/random.js";
import { BIN, planOf, unfork } from "./serve/command.mjs";

const BATCH = 20;
/** The server's rate limit of a token would be the limit of the load; each writer has one. */
const WRITERS = 3;

const { values } = parseArgs({ options: { rounds: { type: "string", default: "100" } } });
const rounds = Number(values.rounds);
const random = seededRandom(8);
const folder = mkdtempSync(join(tmpdir(), "unfork-kills-"));
const dir = join(folder, "server");
const acknowledged = { experiments: [], events: [], versions: 0 };
let sent = 0;

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const signerFile = join(folder, "signer.json");
  unfork("seed", "keygen", "--role", "signer", "--out", signerFile);
  const signer = await readSigningKey(signerFile);
  const tokens = { ingest: token("ingest"), signer: token("signer"), operators: Array.from({ length: WRITERS }, () => token("operator")) };
  const restarts = [];
  for (let round = 0; round < rounds; round++) {
    const since = performance.now();
    const server = await serve(signerFile);
    restarts.push(performance.now() - since);
    await check(server.url, tokens.operators[0]);
    const stop = new AbortController();
    const load = [
      ...tokens.operators.map((operator, writer) => writePlans(server.url, operator, `${round}-${writer}`, stop.signal)),
      ...[0, 1, 2, 3].map(() => sendEvents(server.url, tokens.ingest, stop.signal)),
      raiseAndRollBack(server.url, tokens, signer, `seeded-${round}`),
    ];
    await underLoad();
    await wait(random() * 1500);
    server.child.kill("SIGKILL");
    await server.ended;
    stop.abort();
    await Promise.all(load);
    if (round % 10 === 9)
      console.log(
        `${round + 1} kills: ${acknowledged.experiments.length} plans, ${acknowledged.events.length} events, seed ${acknowledged.versions}`,
      );
  }
  const last = await serve(signerFile);
  await check(last.url, tokens.operators[0]);
  last.child.kill("SIGTERM");
  await last.ended;
  await checkEvents();
  const sorted = restarts.toSorted((a, b) => a - b);
  console.log(
    `${rounds} kills; nothing acknowledged lost, nothing doubled; ${acknowledged.experiments.length} plans, ${acknowledged.events.length} events, seed ${acknowledged.versions}; start again: median ${Math.round(sorted[Math.floor(sorted.length / 2)])} ms`,
  );
}

/** A server that is not warm yet acknowledges nothing that it could lose. */
async function underLoad() {
  const before = acknowledged.events.length;
  for (let at = 0; at < 400 && acknowledged.events.length === before; at++) await wait(50);
}

async function writePlans(url, operator, prefix, signal) {
  for (let at = 0; !signal.aborted; at++) {
    const plan = planOf("kills", `p-${prefix}-${at}`);
    const answer = await call(url, operator, "POST", "/api/v1/experiments", JSON.stringify(plan));
    if (answer?.status === 201) acknowledged.experiments.push(plan.id);
    await wait(30);
  }
}

async function sendEvents(url, ingest, signal) {
  while (!signal.aborted) {
    const ids = Array.from({ length: BATCH }, () => `event-of-${sent++}`);
    const body = ids.map((id) => JSON.stringify(eventOf(id))).join("\n");
    // As a client does: what was not acknowledged is sent again.
    for (let attempt = 0; attempt < 2 && !signal.aborted; attempt++) {
      const answer = await call(url, ingest, "POST", "/v1/events", body, "application/x-ndjson");
      if (answer?.status !== 200) continue;
      if (answer.body.accepted !== BATCH) fail(`rejected: ${JSON.stringify(answer.body)}`);
      acknowledged.events.push(...ids);
      break;
    }
  }
}

/** One experiment started, signed and rolled back: both kinds of seeds are under way when the kill comes. */
async function raiseAndRollBack(url, { operators, signer: signing }, key, useCase) {
  const [operator] = operators;
  const plan = planOf("kills", useCase);
  await call(url, operator, "POST", "/api/v1/experiments", JSON.stringify(plan));
  const path = `/api/v1/experiments/${plan.id}/rollout`;
  await call(url, operator, "POST", `${path}/start`, '{"reason":"kill test"}');
  const proposal = await call(url, operator, "GET", "/api/v1/seeds/proposal");
  if (proposal?.status !== 200) return;
  const base = signBase(proposal.body.payload, [key]);
  noteVersion((await call(url, signing, "POST", "/api/v1/seeds", JSON.stringify({ base })))?.body?.version);
  noteVersion((await call(url, operator, "POST", `${path}/rollback`, '{"reason":"kill test"}'))?.body?.halt);
}

function noteVersion(version) {
  acknowledged.versions = Math.max(acknowledged.versions, version ?? 0);
}

async function check(url, operator) {
  const audit = await call(url, operator, "GET", "/api/v1/audit/verify");
  if (audit?.body.status !== "intact") fail(`the audit log: ${JSON.stringify(audit?.body)}`);
  const { body } = await call(url, operator, "GET", "/api/v1/experiments");
  const there = new Map(body.experiments.map(({ experiment, ramp }) => [experiment.id, ramp]));
  const lost = acknowledged.experiments.filter((id) => !there.has(id));
  if (lost.length > 0) fail(`lost experiments: ${lost.join(" ")}`);
  const seed = (await call(url, operator, "GET", "/api/v1/status")).body.seed?.version ?? 0;
  if (seed < acknowledged.versions) fail(`the seed went back to ${seed} from ${acknowledged.versions}`);
  acknowledged.versions = seed;
  const open = [...there.values()].filter(({ state, phases }) => state === "running" && phases.length === 0);
  if (open.length > 0) fail(`${open[0].experiment} runs without a phase`);
}

async function checkEvents() {
  const telemetry = join(dir, "telemetry");
  const opened = await openTelemetry({ dir: telemetry });
  await opened.flush();
  await opened.close();
  const duck = await openDuck({ dir: telemetry, memoryMiB: 512, threads: 1 });
  const files = (await readManifest(telemetry)).eventFiles.map(({ file }) => join(telemetry, file));
  if (files.length === 0) return;
  const ids = (await duck.query(`SELECT id FROM ${parquet(files)}`)).map(({ id }) => String(id));
  duck.close();
  const there = new Set(ids);
  if (there.size !== ids.length) fail(`${ids.length - there.size} events are there twice`);
  const lost = acknowledged.events.filter((id) => !there.has(id));
  if (lost.length > 0) fail(`${lost.length} acknowledged events are lost, ${lost[0]} first`);
}

async function serve(signerFile) {
  const args = [BIN, "serve", "--dir", dir, "--port", "0", "--project", "kills", "--signer", signerFile, "--look-every", "1"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, NO_COLOR: "1" } });
  child.stderr?.resume();
  const ended = new Promise((resolve) => child.on("close", resolve));
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => resolve(chunk.toString().trim()));
    ended.then((code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, url, ended };
}

/** Undefined where the connection broke. */
async function call(url, bearer, method, path, body, type = "application/json") {
  try {
    const headers = { authorization: `Bearer ${bearer}`, ...(body === undefined ? {} : { "content-type": type }) };
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      signal: AbortSignal.timeout(20_000),
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: await response.json() };
  } catch {
    return undefined;
  }
}

function eventOf(id) {
  const at = Number(id.slice(9));
  const arm = at % 2 === 0 ? "treatment" : "control";
  const unit = at.toString(16).padStart(32, "0");
  return {
    id,
    time: Date.now(),
    type: "exposure",
    experiment: "seeded-0-m150",
    useCase: "seeded-0",
    phase: 1,
    arm,
    unit,
    flavor: arm === "control" ? "legacy" : "latest",
    seed: 1,
  };
}

function token(role) {
  return unfork("token", "create", "--dir", dir, "--project", "kills", "--role", role, "--name", role);
}

function wait(ms) {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}

function fail(text) {
  throw new Error(text);
}
