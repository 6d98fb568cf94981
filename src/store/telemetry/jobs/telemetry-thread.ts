/** Owns the thread that compacts and analyses: the entry file of its worker. */
import { workerData } from "node:worker_threads";

import { serve } from "../../../support/thread.js";
import type { DuckOptions } from "../files/duck.js";
import { type Job, createWorker } from "./job.js";

const worker = createWorker(workerData as DuckOptions);
serve((job) => worker.perform(job as Job));
