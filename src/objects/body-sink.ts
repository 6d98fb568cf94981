/** Owns what bodies are written to before they are digested: a body within another one has a sink of its own. */
import { type Sink, newSink } from "./sink.js";

const sinks: Sink[] = [newSink()];

/** How many bodies the present one lies within. */
export let depth = 0;

/** The one of the body that is being digested. */
export let sink: Sink = sinks[0] as Sink;

/** Begins with an outermost body, whatever became of the one before. */
export function firstSink(): void {
  depth = 0;
  sink = sinks[0] as Sink;
}

/** Begins a body within the present one. */
export function enterSink(): void {
  depth++;
  sink = sinks[depth] ??= newSink();
}

/** Goes back to the body around. */
export function leaveSink(): void {
  depth--;
  sink = sinks[depth] as Sink;
}
