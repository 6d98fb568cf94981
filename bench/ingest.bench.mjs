/**
 * Events acknowledged after fsync, with the load generator on the same cores: batches of 100 events of about 200 bytes over 16
 * connections, then of one event; duplicates sent on purpose are counted out of the Parquet files; memory of the server while it runs.
 * Usage: node bench/ingest.bench.mjs [--seconds 20] [--dir FOLDER].
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { seconds: { type: "string", default: "20" }, dir: { type: "string", default: tmpdir() } } });
const here = join(import.meta.dirname, "ingest");
const folder = mkdtempSync(join(values.dir, "unfork-ingest-"));
const server = spawn(process.execPath, [join(here, "server.mjs"), join(folder, "data")], { stdio: ["ignore", "pipe", "inherit"] });
try {
  const url = await firstLine(server);
  const unique = await measure(url, "batches of 100", Number(values.seconds), 100, "h");
  const more = await measure(url, "batches of 1", Math.min(10, Number(values.seconds)), 1, "o");
  const begun = performance.now();
  const stats = await (await fetch(`${url}/flush`, { method: "POST" })).json();
  console.log(`rest compacted in ${((performance.now() - begun) / 1000).toFixed(1)} s; ${stats.files} files, ${memoryOf(server)} MB`);
  const isRight = stats.events === unique + more;
  console.log(
    `in Parquet ${stats.events} of ${unique + more} ids sent, ${stats.duplicates} repeated ones left out: ${isRight ? "right" : "WRONG"}`,
  );
  if (!isRight) process.exitCode = 1;
} finally {
  server.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
}

async function measure(url, name, seconds, batch, prefix) {
  const child = spawn(process.execPath, [join(here, "load.mjs"), url, String(seconds), "16", String(batch), prefix], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const memory = [];
  const timer = setInterval(() => memory.push(memoryOf(server)), Math.max(250, (seconds * 1000) / 12));
  const result = JSON.parse(await firstLine(child));
  clearInterval(timer);
  const rate = Math.round(result.acknowledged / seconds).toLocaleString("en");
  const times = `answers in ${result.p50.toFixed(1)} ms (median), ${result.p99.toFixed(1)} ms (99 %), ${result.max.toFixed(0)} ms (longest)`;
  const { commits, logBytes } = await (await fetch(`${url}/stats`)).json();
  console.log(
    `${name} (${result.lineBytes} bytes each), 16 connections, ${seconds} s: ${rate} events/s acknowledged; ${times}; ${result.busy} told to wait`,
  );
  console.log(
    `  ${commits} commits so far, ${(logBytes / 1e6).toFixed(0)} MB of log not compacted; server's memory in MB over the time: ${memory.join(" ")}`,
  );
  return result.unique;
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
