/** Owns a part that works in a thread of its own. */
import type { AssembledFile } from "../decide/assembled-names.js";
import type { MacroAnswer } from "../decide/macro-model.js";
import type { PartCall } from "./part-call.js";
import type { Told } from "./part-local.js";
import type { Part, PartRequest, PartResult, SavedPart } from "./part-model.js";
import type { IncludeTable } from "../visibility/include-table.js";
import type { SightAnswer, WordPlace } from "./word-model.js";
import type { NamedPlace, PartAnswer, PartSurvey } from "./name-model.js";
import type { MacroBody } from "../survey/macro-bodies.js";
import { threadFile } from "../../support/own-files.js";
import { callThread, startThread } from "../../support/thread.js";

export interface PartNews {
  readonly pass: "read" | "write";
  readonly done: number;
}

/** A part in a new thread. Its errors are those of the part in this thread. */
export function createRemotePart(request: PartRequest, told: Told): Part {
  const worker = startThread(threadFile("isolate/engine/part-thread.js"), request);
  function call<T>(message: PartCall): Promise<T> {
    return callThread<T>(worker, message, (news) => told((news as PartNews).pass, (news as PartNews).done));
  }
  return {
    survey: () => call<PartSurvey>({ type: "survey" }),
    resurvey: (macros) => call<PartSurvey | undefined>({ type: "resurvey", macros }),
    bodies: (names) => call<readonly MacroBody[]>({ type: "bodies", names }),
    expand: (calls) => call<readonly NamedPlace[]>({ type: "expand", calls }),
    assembled: (names) => call<readonly AssembledFile[]>({ type: "assembled", names }),
    answer: (question) => call<PartAnswer>({ type: "answer", question }),
    includes: () => call<IncludeTable>({ type: "includes" }),
    sights: (question) => call<SightAnswer>({ type: "sights", question }),
    words: (question) => call<readonly WordPlace[]>({ type: "words", question }),
    macros: (question) => call<MacroAnswer>({ type: "macros", question }),
    write: (decision, output) => call<PartResult>({ type: "write", decision, output }),
    save: (place) => call<SavedPart | undefined>({ type: "save", place }),
    close: async () => {
      await worker.terminate();
    },
  };
}
