/** Owns the event bus: the core tells what it does, and never prints. */
import { EventEmitter } from "node:events";

import type { RunEvent } from "../model/events.js";

const emitter = new EventEmitter();
emitter.setMaxListeners(0);

/** Tells all listeners; a listener's exception is ours and is not swallowed. */
export function emit(event: RunEvent): void {
  emitter.emit("event", event);
}

/** Listens until the returned function is called. */
export function listen(listener: (event: RunEvent) => void): () => void {
  emitter.on("event", listener);
  return () => emitter.off("event", listener);
}
