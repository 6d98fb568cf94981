/** Owns the thread of a simulation: the entry file of its worker, which simulates the runs it is told. */
import { workerData } from "node:worker_threads";

import { serve } from "../../support/thread.js";
import { type RunShare, simulateShare } from "./simulate-share.js";

const { scenario, truths } = workerData as Omit<RunShare, "runs">;
const tell = serve(async (message) =>
  simulateShare({ scenario, runs: message as readonly number[], ...(truths === undefined ? {} : { truths }) }, tell),
);
