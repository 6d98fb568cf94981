/**
 * Holds the promise of the log against SIGKILL under load: what was acknowledged is there once, nothing is there twice. UNFORK_KILLS=100 makes
 * it a long run.
 */
import { describe, expect, it } from "vitest";

import { sleep } from "../../../src/support/clock.js";
import { seededRandom } from "../../../src/support/random.js";
import { openTelemetry } from "../../../src/store/telemetry/open-telemetry.js";
import { temporaryFolder } from "../../helpers/temp.js";
import { send, startIngest } from "./ingest-server.js";
import { event, ndjson } from "./sample-events.js";
import { storedIds } from "./stored-ids.js";

const KILLS = Number(process.env["UNFORK_KILLS"] ?? 5);
const CONNECTIONS = 8;
const BATCH = 25;

interface Sent {
  readonly ids: readonly string[];
  readonly body: string;
}

/** What the senders have: as a device's spool, a batch is dropped only when it was acknowledged. */
interface Spool {
  next: number;
  readonly acknowledged: string[];
  readonly open: Sent[];
}

describe("SIGKILL under load", () => {
  it(
    `loses nothing that was acknowledged and doubles nothing, ${KILLS} times`,
    async () => {
      const dir = temporaryFolder();
      const random = seededRandom(20261130);
      const spool: Spool = { next: 0, acknowledged: [], open: [] };
      for (let round = 0; round < KILLS; round++) {
        const server = await startIngest(dir);
        const senders = Array.from({ length: CONNECTIONS }, () => sendUntilGone(server.url, spool));
        await sleep(100 + random() * 700);
        await server.kill();
        await Promise.all(senders);
      }
      expect(spool.acknowledged.length).toBeGreaterThan(KILLS * BATCH);
      const telemetry = await openTelemetry({ dir, compactEveryMs: 0, minFreeBytes: 0 });
      await telemetry.flush();
      await telemetry.close();
      const stored = await storedIds(dir);
      const once = new Set(stored);
      expect(once.size).toBe(stored.length);
      expect(spool.acknowledged.filter((id) => !once.has(id))).toEqual([]);
    },
    30_000 + KILLS * 4000,
  );
});

async function sendUntilGone(url: string, spool: Spool): Promise<void> {
  for (;;) {
    const batch = spool.open.pop() ?? newBatch(spool);
    if (!(await send(url, batch.body))) {
      spool.open.push(batch);
      return;
    }
    spool.acknowledged.push(...batch.ids);
    // Now and then an answer is lost on the way: the batch is sent again.
    if (spool.next % 7 === 0) spool.open.push(batch);
  }
}

/** Most events are of now, some of the days before. */
function newBatch(spool: Spool): Sent {
  const events = Array.from({ length: BATCH }, () => {
    const number = spool.next++;
    return event(`kill-${number}`, {
      time: Date.now() - (number % 10 === 0 ? (number % 4) * 86_400_000 : 0),
      unit: (number % 97).toString(16).padStart(32, "0"),
    });
  });
  return { ids: events.map(({ id }) => id), body: ndjson(events) };
}
