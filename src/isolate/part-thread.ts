/** Owns the thread of a part: takes calls by message, answers by message. */
import { parentPort, workerData } from "node:worker_threads";

import { messageOf, UnforkError } from "../support/errors.js";
import { createLocalPart } from "./part-local.js";
import type { Part, PartRequest } from "./part-model.js";
import type { PartCall, PartReply } from "./part-remote.js";

function serve(): void {
  const port = parentPort;
  if (port === null) throw new Error("this file is the entry of a worker thread");
  const reply = (message: PartReply): void => port.postMessage(message);
  const part = createLocalPart(workerData as PartRequest, (pass, done) => reply({ type: "progress", pass, done }));
  port.on("message", (call: PartCall) => {
    perform(part, call).then(
      (value) => reply({ type: "value", value }),
      (error: unknown) => reply(failureOf(error)),
    );
  });
}

function perform(part: Part, call: PartCall): Promise<unknown> {
  if (call.type === "survey") return part.survey();
  if (call.type === "answer") return part.answer(call.question);
  return part.write(call.decision, call.output);
}

function failureOf(error: unknown): PartReply {
  if (!(error instanceof UnforkError))
    return { type: "bug", message: error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error) };
  const { code, message, hint, context } = error;
  return { type: "failure", code, message, hint, context };
}

serve();
