/** Owns the talk with threads of our own: a call is a message, its answer a value or an error as it was. */
import { parentPort, Worker } from "node:worker_threads";

import { type ErrorCode, messageOf, UnforkError } from "./errors.js";

/** What a thread sends back. */
type Reply =
  | { readonly type: "news"; readonly news: unknown }
  | { readonly type: "value"; readonly value: unknown }
  | {
      readonly type: "failure";
      readonly code: ErrorCode;
      readonly message: string;
      readonly hint: string | undefined;
      readonly context: Readonly<Record<string, string | number>>;
    }
  | { readonly type: "bug"; readonly message: string };

/** Threads run compiled files only. */
export const hasThreads = import.meta.url.endsWith(".js");

/** Starts a thread; its entry file must call {@link serve}. Flags of this process are not handed on. */
export function startThread(entry: string, workerData: unknown): Worker {
  return new Worker(entry, { workerData, execArgv: [] });
}

/** Threads at work on a call: answers bear no number, so that a second one would be taken for the first. */
const atWork = new WeakSet<Worker>();

/** Calls a thread that is not at work on another call. `told` hears its news meanwhile. */
export function callThread<T>(worker: Worker, message: unknown, told: (news: unknown) => void): Promise<T> {
  if (atWork.has(worker)) throw new Error("a thread is asked before it has answered");
  atWork.add(worker);
  return new Promise<T>((resolve, reject) => {
    function settle(act: () => void): void {
      atWork.delete(worker);
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
      act();
    }
    function onError(error: unknown): void {
      settle(() => reject(error instanceof Error ? error : new Error(String(error))));
    }
    function onExit(code: number): void {
      settle(() => reject(new Error(`a thread ended by itself with ${code}`)));
    }
    function onMessage(reply: Reply): void {
      if (reply.type === "news") told(reply.news);
      else if (reply.type === "value") settle(() => resolve(reply.value as T));
      else settle(() => reject(errorOf(reply)));
    }
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    worker.postMessage(message);
  });
}

function errorOf(reply: Extract<Reply, { type: "failure" | "bug" }>): Error {
  if (reply.type === "bug") return new Error(reply.message);
  const { code, message, hint, context } = reply;
  return new UnforkError(code, message, hint === undefined ? { context } : { context, hint });
}

/** In a thread: answers every call by `perform`, and gives the function that sends news. */
export function serve(perform: (message: unknown) => Promise<unknown>): (news: unknown) => void {
  const port = parentPort;
  if (port === null) throw new Error("this file is the entry of a worker thread");
  const reply = (message: Reply): void => port.postMessage(message);
  port.on("message", (message: unknown) => {
    perform(message).then(
      (value) => reply({ type: "value", value }),
      (error: unknown) => reply(failureOf(error)),
    );
  });
  return (news) => reply({ type: "news", news });
}

function failureOf(error: unknown): Reply {
  if (error instanceof UnforkError) {
    const { code, message, hint, context } = error;
    return { type: "failure", code, message, hint, context };
  }
  return { type: "bug", message: error instanceof Error ? (error.stack ?? messageOf(error)) : messageOf(error) };
}
