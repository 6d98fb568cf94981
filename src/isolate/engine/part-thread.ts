/** Owns the thread of a part: the entry file of its worker. */
import { workerData } from "node:worker_threads";

import { createLocalPart } from "./part-local.js";
import type { PartRequest } from "./part-model.js";
import type { PartCall, PartNews } from "./part-remote.js";
import { serve } from "./thread.js";

const part = createLocalPart(workerData as PartRequest, (pass, done) => tell({ pass, done } satisfies PartNews));
const tell = serve((message) => perform(message as PartCall));

function perform(call: PartCall): Promise<unknown> {
  if (call.type === "survey") return part.survey();
  if (call.type === "resurvey") return part.resurvey(call.macros);
  if (call.type === "bodies") return part.bodies(call.names);
  if (call.type === "expand") return part.expand(call.calls);
  if (call.type === "answer") return part.answer(call.question);
  if (call.type === "words") return part.words(call.question);
  if (call.type === "macros") return part.macros(call.question);
  if (call.type === "save") return part.save(call.place);
  return part.write(call.decision, call.output);
}
