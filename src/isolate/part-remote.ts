/** Owns a part that works in a thread of its own. */
import { Worker } from "node:worker_threads";

import { type ErrorCode, UnforkError } from "../support/errors.js";
import type { Told } from "./part-local.js";
import type { Decision, Part, PartAnswer, PartOutput, PartQuestion, PartRequest, PartResult, PartSurvey } from "./part-model.js";

export type PartCall =
  | { readonly type: "survey" }
  | { readonly type: "answer"; readonly question: PartQuestion }
  | { readonly type: "write"; readonly decision: Decision; readonly output: PartOutput };

export type PartReply =
  | { readonly type: "progress"; readonly pass: "read" | "write"; readonly done: number }
  | { readonly type: "value"; readonly value: unknown }
  | {
      readonly type: "failure";
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
      readonly context: Readonly<Record<string, string | number>>;
    }
  | { readonly type: "bug"; readonly message: string };

const ENTRY = new URL("./part-thread.js", import.meta.url);

/** Threads run compiled files only. */
export const hasThreads = import.meta.url.endsWith(".js");

/** A part in a new thread. Its errors are those of the part in this thread. */
export function createRemotePart(request: PartRequest, told: Told): Part {
  const worker = new Worker(ENTRY, { workerData: request, execArgv: [] });
  function call<T>(message: PartCall): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      function settle(act: () => void): void {
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        act();
      }
      function onError(error: unknown): void {
        settle(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
      function onExit(code: number): void {
        settle(() => reject(new Error(`a thread of the isolation ended by itself with ${code}`)));
      }
      function onMessage(reply: PartReply): void {
        if (reply.type === "progress") told(reply.pass, reply.done);
        else if (reply.type === "value") settle(() => resolve(reply.value as T));
        else settle(() => reject(errorOf(reply)));
      }
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      worker.postMessage(message);
    });
  }
  return {
    survey: () => call<PartSurvey>({ type: "survey" }),
    answer: (question) => call<PartAnswer>({ type: "answer", question }),
    write: (decision, output) => call<PartResult>({ type: "write", decision, output }),
    close: async () => {
      await worker.terminate();
    },
  };
}

function errorOf(reply: Extract<PartReply, { type: "failure" | "bug" }>): Error {
  if (reply.type === "bug") return new Error(reply.message);
  const { code, message, hint, context } = reply;
  return new UnforkError(code, message, hint === undefined ? { context } : { context, hint });
}
