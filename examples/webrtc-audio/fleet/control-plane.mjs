/** Owns the control plane of the demo: server, signer and operator, each with its own key or token, by the commands that a team would use. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { run } from "./run.mjs";

const unfork = fileURLToPath(new URL("../../../bin/unfork.js", import.meta.url));
/** What `unfork` exits with where a gate failed: a halt was decided. */
const GATE = 1;

/**
 * @typedef {{ url: string, server: import("node:child_process").ChildProcess, tokens: Record<string, string>, key: string,
 *   signerKey: string, experiments: { id: string, useCase: string, state: string, pending: boolean }[] }} Plane
 */

/** A server on a free port of this machine. @returns {Promise<Plane>} */
export async function startServer(out) {
  const dir = join(out, "server");
  const key = join(out, "signer-key.json");
  mkdirSync(out, { recursive: true });
  await call("seed", "keygen", "--role", "signer", "--out", key);
  // On the server's own machine: a server gives out none that may act, or sign.
  const here = ["--dir", dir, "--project", "webrtc"];
  const tokens = {};
  for (const role of ["operator", "signer", "ingest"]) tokens[role] = await newToken(out, role, here);
  const args = ["serve", "--dir", dir, "--port", "0", "--signer", key, "--project", "webrtc", "--look-every", "0"];
  const server = spawn(process.execPath, [unfork, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => server.kill());
  const url = await firstLine(server);
  return { url, server, tokens, key, signerKey: JSON.parse(readFileSync(key, "utf8")).publicKey, experiments: [] };
}

/** The file of a new token, for its owner alone. */
async function newToken(out, role, at) {
  const file = join(out, `${role}.token`);
  writeFileSync(file, await call("token", "create", "--role", role, "--name", `demo-${role}`, ...at), { mode: 0o600 });
  return file;
}

export async function stopServer({ server }) {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("close", resolve));
}

/** The plan of the configuration, given to the server, begun and signed. */
export async function beginExperiments(plane, config) {
  console.log(await asOperator(plane, "experiment", "plan", "--config", config, "--submit"));
  await refresh(plane);
  for (const { id } of plane.experiments) await asOperator(plane, "rollout", "start", id, "--reason", "the fleet's first day");
  await sign(plane);
}

/** A look at every experiment that runs. What the server may only propose, the signer signs. */
export async function decide(plane) {
  for (const { id, useCase, state } of plane.experiments) {
    if (state !== "running") continue;
    const { decisions } = JSON.parse(await asOperator(plane, "experiment", "analyze", id, "--json"));
    console.log(`  ${useCase}: ${decisions[0].action} — ${decisions[0].reasons.map(({ text }) => text).join("; ")}`);
  }
  await refresh(plane);
  if (plane.experiments.some(({ pending }) => pending)) await sign(plane);
}

/** Has the server look whether what it halted is used no more, as its looks in the background do. */
export async function confirmHalts(plane) {
  for (const { id, useCase, state } of plane.experiments) {
    if (state !== "halted") continue;
    const { decisions } = JSON.parse(await asOperator(plane, "experiment", "analyze", id, "--json"));
    const { experiments } = JSON.parse(await asOperator(plane, "experiment", "list", "--json"));
    const { ramp } = experiments.find(({ experiment }) => experiment.id === id);
    const seen = ramp.confirmed === undefined ? "not seen in exposures yet" : "confirmed: exposures have fallen";
    console.log(`  ${useCase}: ${decisions[0].action} — ${seen}`);
  }
}

/** What a person would look at. */
export async function showRollouts(plane) {
  console.log(await asOperator(plane, "rollout", "status"));
}

async function sign(plane) {
  await call("rollout", "sign", "--key", plane.key, "--yes", "--url", plane.url, "--token-file", plane.tokens.signer);
  await refresh(plane);
}

async function refresh(plane) {
  const { experiments } = JSON.parse(await asOperator(plane, "experiment", "list", "--json"));
  plane.experiments = experiments.map(({ experiment: { id, useCase }, ramp }) => {
    return { id, useCase, state: ramp.state, pending: ramp.pending !== undefined };
  });
}

function asOperator({ url, tokens }, ...args) {
  return call(...args, "--url", url, "--token-file", tokens.operator);
}

function call(...args) {
  return run(process.execPath, [unfork, ...args], { expected: [0, GATE] });
}

/** What the server prints first: its address. */
function firstLine(server) {
  return new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (bytes) => {
      text += bytes;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")).trim());
    });
    server.once("close", (code) => reject(new Error(`unfork serve ended with ${code} before it listened`)));
  });
}
