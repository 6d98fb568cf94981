/** Owns the part of an event that differs by its type. */
import { EVENT_SIGNAL, MOST_VALUE } from "../../../model/telemetry.js";

/** Where the record, or the reason against it, is put; one for a whole batch. */
export interface EncodedEvent {
  record: string;
  reason: string;
  /** metric, value, denominator, signal and stage, divided by tabs. */
  head: string;
  period: string;
  ownKeys: number;
}

/** The keys of a parsed line, of whatever types. */
export interface EventFields {
  readonly id?: unknown;
  readonly time?: unknown;
  readonly type?: unknown;
  readonly experiment?: unknown;
  readonly useCase?: unknown;
  readonly phase?: unknown;
  readonly arm?: unknown;
  readonly unit?: unknown;
  readonly flavor?: unknown;
  readonly seed?: unknown;
  readonly pair?: unknown;
  readonly metric?: unknown;
  readonly value?: unknown;
  readonly denominator?: unknown;
  readonly period?: unknown;
  readonly stage?: unknown;
  readonly signal?: unknown;
}

export function newEncodedEvent(): EncodedEvent {
  return { record: "", reason: "", head: "", period: "", ownKeys: 0 };
}

export function refuse(into: EncodedEvent, reason: string): false {
  into.reason = reason;
  return false;
}

/** Sets `head`, `period` and the number of keys of its own; false with the reason. */
export function encodeOwn(event: EventFields, isName: (value: unknown) => value is string, into: EncodedEvent): boolean {
  into.period = "";
  into.ownKeys = 0;
  switch (event.type) {
    case "metric":
      return encodeMetric(event, isName, into);
    case "crash":
      return encodeCrash(event, into);
    case "exposure":
    case "end":
      into.head = "\t\t\t\t";
      return true;
    default:
      return refuse(into, "type: must be exposure, metric, crash or end");
  }
}

function encodeMetric(event: EventFields, isName: (value: unknown) => value is string, into: EncodedEvent): boolean {
  const { metric, value, denominator, period } = event;
  if (!isName(metric)) return refuse(into, "metric: must be a name");
  if (!isAmount(value)) return refuse(into, "value: must be a number from -1e30 to 1e30");
  if (denominator !== undefined && !isAmount(denominator)) return refuse(into, "denominator: must be a number from -1e30 to 1e30");
  if (period !== undefined && period !== "before") return refuse(into, "period: must be before, where it is given");
  into.ownKeys = 2 + (denominator === undefined ? 0 : 1) + (period === undefined ? 0 : 1);
  into.head = `${metric}\t${value}\t${denominator ?? ""}\t\t`;
  into.period = period ?? "";
  return true;
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= MOST_VALUE;
}

function encodeCrash(event: EventFields, into: EncodedEvent): boolean {
  const { stage, signal } = event;
  if (stage !== "startup" && stage !== "running") return refuse(into, "stage: must be startup or running");
  if (signal !== undefined && (typeof signal !== "string" || !EVENT_SIGNAL.test(signal)))
    return refuse(into, "signal: must be a name like SIGSEGV");
  into.ownKeys = signal === undefined ? 1 : 2;
  into.head = `\t\t\t${signal ?? ""}\t${stage}`;
  return true;
}
