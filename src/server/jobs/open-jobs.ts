/** Owns all jobs of a server: those of labs, and its own looks at the experiments, of which one server at a time does one. */
import type { State } from "../../store/state/database.js";
import { messageOf } from "../../support/errors.js";
import { openBoss } from "./boss.js";
import { type LabQueue, type LabQueueOptions, createLabQueue } from "./lab-queue.js";

export interface Jobs {
  readonly lab: LabQueue;
  /** Does the work so often; servers that share a state take turns. */
  every(ms: number, work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

const LOOKS = "looks";

/** Opens the queue. Throws what the database throws. */
export async function openJobs(state: State, options: LabQueueOptions, log: (text: string) => void): Promise<Jobs> {
  const boss = await openBoss(state, log);
  const lab = createLabQueue(boss, state, options);
  const timers: NodeJS.Timeout[] = [];

  function often(ms: number, work: () => Promise<unknown>, what: string): void {
    let running = false;
    const timer = setInterval(() => {
      if (running) return;
      running = true;
      work()
        .catch((error: unknown) => log(`${what}: ${messageOf(error instanceof Error ? (error.cause ?? error) : error)}`))
        .finally(() => (running = false));
    }, ms);
    timers.push(timer);
  }

  often((options.leaseSeconds * 1000) / 4, () => lab.sweep(), "leases cannot be looked at now");
  return {
    lab,
    async every(ms, work) {
      // `stately`: one that waits and one that runs at most, however many servers ask for it.
      await boss.createQueue(LOOKS, { name: LOOKS, policy: "stately", retryLimit: 0, expireInMinutes: 30 });
      await boss.work(LOOKS, { pollingIntervalSeconds: Math.max(0.5, Math.min(5, ms / 2000)) }, () => work());
      often(ms, () => boss.send(LOOKS, {}), "no look at the experiments can be asked for now");
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await boss.stop({ graceful: true, wait: true, timeout: 10_000, close: false });
    },
  };
}
