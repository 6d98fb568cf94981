/**
 * Measures how soon a halt is in force at clients that follow: from the request that rolls back (what a decision does, too) to the
 * old flavor at a client of this package, and to the notice at each of many further streams. The server is a process of its own.
 * Usage: node bench/halt.bench.mjs [--halts N] [--streams N], after `npm run build`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { publicPart } from "../dist/experiment/assignment/keys.js";
import { readSigningKey } from "../dist/experiment/assignment/key-file.js";
import { signBase } from "../dist/experiment/assignment/sign-seed.js";
import { openClient } from "../dist/experiment/client/index.js";
import { BIN, planOf, unfork } from "./serve/command.mjs";

const { values } = parseArgs({ options: { halts: { type: "string", default: "20" }, streams: { type: "string", default: "500" } } });
const halts = Number(values.halts);
const streams = Number(values.streams);
const folder = mkdtempSync(join(tmpdir(), "unfork-halt-"));

try {
  await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function main() {
  const signerFile = join(folder, "signer.json");
  unfork("seed", "keygen", "--role", "signer", "--out", signerFile);
  const signer = await readSigningKey(signerFile);
  const dir = join(folder, "server");
  const [operator, signing] = ["operator", "signer"].map((role) =>
    unfork("token", "create", "--dir", dir, "--project", "bench", "--role", role, "--name", role),
  );
  const { child, url } = await serve(dir, signerFile);
  const names = Array.from({ length: halts }, (_, at) => `use-case-${at}`);
  for (const name of names) {
    await call(url, operator, "POST", "/api/v1/experiments", planOf("bench", name));
    await call(url, operator, "POST", `/api/v1/experiments/${name}-m150/rollout/start`, { reason: "bench" });
  }
  const { payload } = await call(url, operator, "GET", "/api/v1/seeds/proposal");
  await call(url, signing, "POST", "/api/v1/seeds", { base: signBase(payload, [signer]) });
  const stop = new AbortController();
  const heard = { count: 0, at: 0 };
  await Promise.all(Array.from({ length: streams }, () => follow(`${url}/v1/seed/stream`, heard, stop.signal)));
  const client = await openClient({
    project: "bench",
    keys: [publicPart(signer)],
    url: `${url}/v1/seed`,
    defaultFlavor: "legacy",
    follow: true,
  });
  const times = { client: [], streams: [] };
  for (const name of names) {
    const units = Array.from({ length: 100 }, (_, at) => ({ device: `device ${at}` }));
    const unit = units.find((one) => client.peek(name, one).flavor === "latest");
    heard.count = 0;
    const since = performance.now();
    const asked = call(url, operator, "POST", `/api/v1/experiments/${name}-m150/rollout/rollback`, { reason: "bench" });
    while (client.peek(name, unit).flavor === "latest") await new Promise((resolve) => void setImmediate(resolve));
    times.client.push(performance.now() - since);
    while (heard.count < streams) await new Promise((resolve) => void setTimeout(resolve, 1));
    times.streams.push(heard.at - since);
    await asked;
  }
  stop.abort();
  await client.close();
  child.kill("SIGTERM");
  await new Promise((resolve) => void child.on("close", resolve));
  console.log(
    `${halts} halts, from the request: the old flavor at a client that follows ${told(times.client)}; the last of ${streams} further streams told ${told(times.streams)}`,
  );
}

function told(ms) {
  const sorted = ms.toSorted((a, b) => a - b);
  return `median ${Math.round(sorted[Math.floor(sorted.length / 2)])} ms, most ${Math.round(sorted.at(-1))} ms`;
}

/** Resolves when the stream has told the version of now; counts each notice after that. */
async function follow(url, heard, signal) {
  const response = await fetch(url, { signal });
  const reader = response.body.getReader();
  let text = "";
  while (!text.includes("id:")) text += Buffer.from((await reader.read()).value).toString();
  void (async () => {
    for (;;) {
      const { value } = await reader.read();
      const found =
        Buffer.from(value ?? [])
          .toString()
          .match(/^id:/gm)?.length ?? 0;
      if (found === 0) continue;
      heard.count += found;
      heard.at = performance.now();
    }
  })().catch(() => undefined);
}

async function call(url, bearer, method, path, body) {
  const headers = { authorization: `Bearer ${bearer}`, "content-type": "application/json" };
  const response = await fetch(`${url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}

async function serve(dir, signerFile) {
  const args = [BIN, "serve", "--dir", dir, "--port", "0", "--project", "bench", "--signer", signerFile, "--quiet"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => resolve(chunk.toString().trim()));
    child.on("close", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, url };
}
