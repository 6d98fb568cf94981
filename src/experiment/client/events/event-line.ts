/** Owns an event as a line, and the ids of events: made of the run and a number, so that what is told twice is one event. */
import type { EventFields } from "../assigner.js";

export interface EventHead {
  readonly id: string;
  /** ms since 1970. */
  readonly time: number;
  readonly type: "exposure" | "metric" | "crash" | "end";
}

export function eventLine(head: EventHead, fields: EventFields, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({ ...head, ...fields, ...more })}\n`;
}

/** One per assignment of a run, told by the run itself and again by who finds it crashed. */
export function exposureId(run: string, number: number): string {
  return `${run}-x${number}`;
}

export function crashId(run: string, number: number): string {
  return `${run}-crash-${number}`;
}
