/** Holds what happens when the disk is full, on a small file system of the server's own (tmpfs in its mount namespace). */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { sleep } from "../../../src/support/clock.js";
import type { TelemetryStats } from "../../../src/model/telemetry.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { type IngestServer, startIngest } from "./ingest-server.js";
import { event, ndjson } from "./sample-events.js";
import { storedIds } from "./stored-ids.js";

const UNSHARE = ["unshare", process.getuid?.() === 0 ? "--mount" : "-Urm"];

/** Runs a command where `folder` is a file system of so many bytes. */
function onSmallDisk(folder: string, bytes: number): readonly string[] {
  return [...UNSHARE, "sh", "-c", `mount -t tmpfs -o size=${bytes} tmpfs "$0" && exec "$@"`, folder];
}

const [unshare = "", ...flags] = onSmallDisk(temporaryFolder(), 65_536);
const canMount = spawnSync(unshare, [...flags, "true"]).status === 0;

describe.skipIf(!canMount)("a full disk (needs a mount namespace)", () => {
  it("is told with 503 and Retry-After, loses nothing that was acknowledged, and is over when there is room again", async () => {
    const disk = temporaryFolder();
    const server = await startIngest(join(disk, "data"), onSmallDisk(disk, 12_000_000));
    try {
      const acknowledged = [...Array(3).keys()].map((index) => `full-${index}`);
      expect((await sendOne(server, acknowledged)).status).toBe(200);
      await act(server, "/fill/11700000");
      const refused = await sendUntilRefused(server, acknowledged);
      expect(refused).toMatchObject({ status: 503, reason: "disk-full" });
      expect(Number(refused.retryAfter)).toBeGreaterThan(0);
      expect((await act(server, "/fill/0")).status).toBe(200);
      await sleep(1100);
      expect((await sendOne(server, refused.ids)).status).toBe(200);
      const flushed = await act(server, "/flush");
      expect(flushed).toMatchObject({ status: 200, stats: { logBytes: 0 } });
      expect(flushed.stats.trouble).toBeUndefined();
      const stored = await storedIds(join("/proc", String(server.pid), "root", disk, "data"));
      expect(new Set(stored).size).toBe(stored.length);
      expect(stored).toEqual(expect.arrayContaining([...acknowledged, ...refused.ids].map((id) => `event-${id}`)));
      expect(stored).toHaveLength(acknowledged.length + refused.ids.length);
    } finally {
      await server.kill();
    }
  });

  it("is seen before it is full: room for compaction is kept", async () => {
    const disk = temporaryFolder();
    const server = await startIngest(join(disk, "data"), onSmallDisk(disk, 12_000_000), 6_000_000);
    try {
      expect((await sendOne(server, ["first-one"])).status).toBe(200);
      await act(server, "/fill/7000000");
      await sleep(1100);
      await sendOne(server, ["asks-for-it"]);
      await sleep(50);
      expect(await sendOne(server, ["no-room-1"])).toMatchObject({ status: 503, reason: "disk-full" });
      expect((await act(server, "/flush")).status).toBe(200);
    } finally {
      await server.kill();
    }
  });
});

async function sendOne({ url }: IngestServer, ids: readonly string[]) {
  const body = ndjson(ids.map((id, index) => event(id, { time: Date.now(), unit: index.toString(16).padStart(32, "0") })));
  const response = await fetch(`${url}/v1/events`, { method: "POST", body, headers: { "content-type": "application/x-ndjson" } });
  const { error } = (await response.json()) as { readonly error?: { readonly code: string } };
  return { status: response.status, retryAfter: response.headers.get("retry-after"), reason: error?.code };
}

/** Sends until the disk is full; the ids of the batch that was not taken. */
async function sendUntilRefused(server: IngestServer, acknowledged: string[]) {
  for (let round = 0; round < 500; round++) {
    const ids = Array.from({ length: 100 }, (_, index) => `round-${round}-${index}`);
    const reply = await sendOne(server, ids);
    if (reply.status !== 200) return { ...reply, ids };
    acknowledged.push(...ids);
  }
  throw new Error("the disk was never full");
}

async function act({ url }: IngestServer, path: string): Promise<{ readonly status: number; readonly stats: Partial<TelemetryStats> }> {
  const response = await fetch(`${url}${path}`, { method: "POST" });
  return { status: response.status, stats: (await response.json()) as Partial<TelemetryStats> };
}
