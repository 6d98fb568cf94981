/**
 * Counts OFREP evaluations over HTTP: a server in this process, the load generator (autocannon) in another, both on the same cores.
 * Usage: node bench/ofrep.bench.mjs [--seconds N] [--connections N], after `npm run build`.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

import { stageArms } from "../dist/experiment/assignment/assign.js";
import { generateKey, publicPart } from "../dist/experiment/assignment/keys.js";
import { signBase } from "../dist/experiment/assignment/sign-seed.js";
import { createApp } from "../dist/server/app.js";
import { createPublisher } from "../dist/server/core/publisher.js";

/** As many as the demo has. */
const USE_CASES = 54;

const { values } = parseArgs({ options: { seconds: { type: "string", default: "8" }, connections: { type: "string", default: "32" } } });
const autocannon = createRequire(import.meta.url).resolve("autocannon");

const publisher = createPublisher();
publisher.publish({ base: signedBase() });
// No state is touched on this way: neither evaluation nor the seed reads it.
const app = await createApp({ publisher, now: () => new Date(), project: "bench", db: undefined, haltKey: undefined });
const url = await app.listen({ port: 0, host: "127.0.0.1" });
const rows = [];
for (const round of ["warm-up", "1", "2", "3"]) {
  const single = await load(`${url}/ofrep/v1/evaluate/flags/use-case-7`, "POST");
  const bulk = await load(`${url}/ofrep/v1/evaluate/flags`, "POST");
  const seed = await load(`${url}/v1/seed`, "GET");
  if (round !== "warm-up") rows.push({ round, single, bulk, seed });
}
await app.close();
for (const { round, single, bulk, seed } of rows) {
  console.log(`round ${round}: one flag ${told(single)}; all ${USE_CASES} flags ${told(bulk)}; the seed ${told(seed)}`);
}

function told({ requests, latency, errors, non2xx }) {
  const wrong = errors + non2xx > 0 ? `, ${errors + non2xx} failed` : "";
  return `${Math.round(requests.average)}/s (p50 ${latency.p50} ms, p99 ${latency.p99} ms${wrong})`;
}

/** One run of the load generator in a process of its own. */
function load(target, method) {
  const body = method === "POST" ? ["-b", JSON.stringify({ context: { targetingKey: "device-0123456789" } })] : [];
  const args = ["-j", "-m", method, "-c", values.connections, "-d", values.seconds, "-H", "content-type=application/json", ...body, target];
  const child = spawn(process.execPath, [autocannon, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(JSON.parse(text)));
  });
}

function signedBase() {
  const signer = generateKey("signer");
  const useCases = Array.from({ length: USE_CASES }, (_, at) => [
    `use-case-${at}`,
    {
      experiment: `use-case-${at}-m150`,
      phase: 1,
      unit: "device",
      salt: at.toString(16).padStart(32, "0"),
      default: "legacy",
      arms: stageArms(25, "latest", "legacy"),
    },
  ]);
  const base = {
    project: "bench",
    version: 1,
    issued: new Date().toISOString(),
    expires: new Date(Date.now() + 86_400_000).toISOString(),
    flavors: { legacy: { release: "m120" }, latest: { release: "m150" } },
    keys: [publicPart(signer)],
    revoked: [],
    useCases: Object.fromEntries(useCases),
  };
  return signBase(base, [signer]);
}
