/** Owns the step from a body of NDJSON, or a list of events, to records of the log. */
import type { RejectedLine } from "../../../model/telemetry.js";
import { encodeEvent } from "./encode-event.js";
import { newEncodedEvent } from "./encode-own.js";
import type { TimeWindow } from "./time-window.js";

/** Records of one batch, each with its line's end, as ASCII text. */
export interface EncodedBatch {
  readonly records: string;
  readonly accepted: number;
  readonly rejectedLines: number;
  readonly rejected: readonly RejectedLine[];
}

/** No more rejected lines are told than this. */
const MOST_TOLD = 100;

/** A batch as text, an event per line; empty lines are passed over. */
export function encodeText(text: string, window: TimeWindow): EncodedBatch {
  const batch = newBatch(window);
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    const one = text.slice(start, end);
    start = end + 1;
    const event = parsed(one);
    if (event !== NOT_JSON || one.trim() !== "") batch.add(line, event);
  }
  return batch.done();
}

/** A batch of parsed events; `line` is the place in the list, from 1 on. */
export function encodeEvents(events: readonly unknown[], window: TimeWindow): EncodedBatch {
  const batch = newBatch(window);
  events.forEach((event, index) => batch.add(index + 1, event));
  return batch.done();
}

const NOT_JSON = Symbol("not JSON");

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return NOT_JSON;
  }
}

function newBatch(window: TimeWindow) {
  const into = newEncodedEvent();
  const rejected: RejectedLine[] = [];
  let records = "";
  let accepted = 0;
  let rejectedLines = 0;
  function add(line: number, event: unknown): void {
    if (event !== NOT_JSON && encodeEvent(event, window, into)) {
      records += `${into.record}\n`;
      accepted++;
      return;
    }
    rejectedLines++;
    if (rejected.length < MOST_TOLD) rejected.push({ line, reason: event === NOT_JSON ? "not JSON" : into.reason });
  }
  return { add, done: (): EncodedBatch => ({ records, accepted, rejectedLines, rejected }) };
}
