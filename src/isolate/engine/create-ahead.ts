/** Owns the decision whether the output's files are created ahead of their bytes, and the wait for it. */
import { threadFile } from "../../support/own-files.js";
import { createFiles, type CreateRequest } from "./create-files.js";
import { callThread, startThread } from "../../support/thread.js";

/** A creation under way. */
export interface Creation {
  /** Whether the regular files are created, too. */
  readonly created: boolean;
  /** Settles when all is there. */
  readonly done: Promise<void>;
}

/**
 * Creates folders and links, and in a thread of their own the empty files. A file system may take longer to create
 * a file than we to read, scan and fill it; another processor does so meanwhile.
 */
export function createAhead(request: Omit<CreateRequest, "regular">, inThread: boolean): Creation {
  if (!inThread) {
    createFiles({ ...request, regular: false });
    return { created: false, done: Promise.resolve() };
  }
  const worker = startThread(threadFile("isolate/engine/create-thread.js"), undefined);
  const call = callThread<undefined>(worker, { ...request, regular: true }, () => undefined);
  const done = call.finally(() => worker.terminate());
  done.catch(() => undefined);
  return { created: true, done };
}
