/** Owns the thread of a part: the entry file of its worker. */
import { workerData } from "node:worker_threads";

import { type PartCall, performCall } from "./part-call.js";
import { createLocalPart } from "./part-local.js";
import type { PartRequest } from "./part-model.js";
import type { PartNews } from "./part-remote.js";
import { serve } from "../../support/thread.js";

const part = createLocalPart(workerData as PartRequest, (pass, done) => tell({ pass, done } satisfies PartNews));
const tell = serve((message) => performCall(part, message as PartCall));
