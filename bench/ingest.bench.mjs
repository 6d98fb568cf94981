/**
 * Events that `unfork serve` acknowledges after fsync, with the load generator on the same cores: batches of 100 events of about 200 bytes over
 * 16 connections, then of one event; ids sent twice on purpose must be in the Parquet files once; memory of the server while it runs.
 * Usage: node bench/ingest.bench.mjs [--seconds 20] [--dir FOLDER].
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { openTelemetry } from "../dist/store/telemetry/open-telemetry.js";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "20" }, dir: { type: "string", default: tmpdir() } } });
const bin = join(import.meta.dirname, "../bin/unfork.js");
const folder = mkdtempSync(join(values.dir, "unfork-ingest-"));
const token = spawnSync(process.execPath, [bin, "token", "create", "--role", "ingest", "--name", "bench", "--dir", folder], {
  encoding: "utf8",
}).stdout.trim();
const server = spawn(process.execPath, [bin, "serve", "--dir", folder, "--port", "0", "--look-every", "0"], {
  stdio: ["ignore", "pipe", "ignore"],
});
const ended = new Promise((resolve) => server.once("exit", resolve));
try {
  const url = await firstLine(server);
  const seconds = Number(values.seconds);
  const unique = (await measure(url, seconds, 100, "h")) + (await measure(url, Math.min(10, seconds), 1, "o"));
  server.kill("SIGTERM");
  await ended;
  await count(unique);
} finally {
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

async function measure(url, seconds, batch, prefix) {
  const args = [join(import.meta.dirname, "ingest/load.mjs"), url, String(seconds), "16", String(batch), prefix];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, INGEST_TOKEN: token } });
  const memory = [];
  const timer = setInterval(() => memory.push(memoryOf(server)), Math.max(250, (seconds * 1000) / 20));
  const result = JSON.parse(await firstLine(child));
  clearInterval(timer);
  const rate = Math.round(result.acknowledged / seconds).toLocaleString("en");
  const times = `answers in ${result.p50.toFixed(1)} ms (median), ${result.p99.toFixed(1)} ms (99 %), ${result.max.toFixed(0)} ms (longest)`;
  console.log(
    `batches of ${batch} (${result.lineBytes} bytes an event), 16 connections, ${seconds} s: ${rate} events/s acknowledged; ${times}; told to wait: ${result.busy}`,
  );
  console.log(`  the server's memory in MB over the time: ${memory.join(" ")}`);
  return result.unique;
}

/** Opens the folder that the server left, compacts the rest, and counts. */
async function count(unique) {
  const telemetry = await openTelemetry({ dir: join(folder, "telemetry"), compactEveryMs: 0 });
  const { logBytes } = telemetry.stats();
  const begun = performance.now();
  await telemetry.flush();
  const { events, duplicates, files } = telemetry.stats();
  await telemetry.close();
  console.log(
    `${(logBytes / 1e6).toFixed(0)} MB of log were left, compacted in ${((performance.now() - begun) / 1000).toFixed(1)} s; ${files} Parquet files`,
  );
  console.log(
    `in Parquet ${events} of ${unique} ids acknowledged, ${duplicates} repeated ones left out: ${events === unique ? "right" : "WRONG"}`,
  );
  if (events !== unique) process.exitCode = 1;
}

function memoryOf({ pid }) {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024);
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });
}
