/**
 * An ingest server of its own, of compiled code: prints its address, compacts all the time; `/fill` takes up room on its disk. Usage: node
 * ingest-process.mjs DIR [MIN_FREE_BYTES].
 */
import { rmSync, writeFileSync } from "node:fs";
import { fastify } from "fastify";

import { registerEvents } from "../../../dist/server/events/register-events.js";
import { openTelemetry } from "../../../dist/store/telemetry/open-telemetry.js";

const [dir, minFreeBytes = "0"] = process.argv.slice(2);
const telemetry = await openTelemetry({ dir, compactEveryMs: 150, segmentBytes: 40_000, minFreeBytes: Number(minFreeBytes) });
const app = fastify({ forceCloseConnections: true });
await registerEvents(app, { ingest: telemetry });
app.get("/stats", () => telemetry.stats());
app.post("/flush", async () => {
  await telemetry.flush();
  return telemetry.stats();
});
app.post("/fill/:bytes", ({ params }) => {
  if (params.bytes === "0") rmSync(`${dir}.fill`, { force: true });
  else writeFileSync(`${dir}.fill`, Buffer.alloc(Number(params.bytes)));
  return {};
});
process.stdout.write(`${await app.listen({ host: "127.0.0.1", port: 0 })}\n`);
process.once("SIGTERM", async () => {
  await app.close();
  await telemetry.close();
});
