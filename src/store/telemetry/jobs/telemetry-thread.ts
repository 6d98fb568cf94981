/** Owns the thread that compacts and analyses: the entry file of its worker. */
import { workerData } from "node:worker_threads";

import { serve } from "../../../support/thread.js";
import { type Job, type WorkerOptions, createWorker } from "./job.js";

const worker = createWorker(workerData as WorkerOptions);
serve((job) => worker.perform(job as Job));
