/** The ingest routes on a folder, in a process of their own. Usage: node server.mjs DIR; prints its address. */
import { fastify } from "fastify";

import { registerEvents } from "../../dist/server/events/register-events.js";
import { openTelemetry } from "../../dist/store/telemetry/open-telemetry.js";

const telemetry = await openTelemetry({ dir: process.argv[2] });
const app = fastify({ forceCloseConnections: true });
await registerEvents(app, { ingest: telemetry });
app.get("/stats", () => telemetry.stats());
app.post("/flush", async () => {
  await telemetry.flush();
  return telemetry.stats();
});
process.stdout.write(`${await app.listen({ host: "127.0.0.1", port: 0 })}\n`);
process.once("SIGTERM", async () => {
  await app.close();
  await telemetry.close();
});
