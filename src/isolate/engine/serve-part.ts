/** Owns what the thread of a part does: it performs calls. */
import { workerData } from "node:worker_threads";

import { serve } from "../../support/thread.js";
import { type PartCall, performCall } from "./part-call.js";
import { createLocalPart } from "./part-local.js";
import type { PartRequest } from "./part-model.js";
import type { PartNews } from "./part-remote.js";

/** Performs the calls of this thread's parent; `keep` stores the code that the run has compiled. */
export function servePart(keep: () => void): void {
  const part = createLocalPart(workerData as PartRequest, (pass, done) => tell({ pass, done } satisfies PartNews));
  const tell = serve(async (message) => {
    const call = message as PartCall;
    const answer = await performCall(part, call);
    if (call.type === "save") keep();
    return answer;
  });
}
