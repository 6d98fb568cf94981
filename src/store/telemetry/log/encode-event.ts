/**
 * Owns the check of one event and its record in the log. By hand and not by the schema, which it equals (a test holds that): it
 * runs for every line that a fleet sends.
 */
import { EVENT_ID, EVENT_NAME, EVENT_TIME, EVENT_UNIT, MOST_PHASE } from "../../../model/telemetry.js";
import { type EncodedEvent, type EventFields, encodeOwn, refuse } from "./encode-own.js";
import { nameCheck } from "./known-names.js";
import type { TimeWindow } from "./time-window.js";

const LATEST_TIME = 253_402_300_799_999;
/** id, time, type, experiment, useCase, phase, arm, unit, flavor, seed */
const COMMON_KEYS = 10;
const KEYS = new Set(
  "id time type experiment useCase phase arm unit flavor seed pair metric value denominator period stage signal".split(" "),
);

const isExperiment = nameCheck(/^[a-z0-9][a-z0-9._-]{0,99}$/);
const isName = nameCheck(EVENT_NAME);

/** Checks a parsed line; false with the reason, or true with the record (without its line's end) in `into`. */
export function encodeEvent(value: unknown, window: TimeWindow, into: EncodedEvent): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return refuse(into, "must be a JSON object");
  const event = value as EventFields;
  const { id, experiment, useCase, phase, arm, unit, flavor, seed, pair } = event;
  if (typeof id !== "string" || !EVENT_ID.test(id)) return refuse(into, "id: must be 8 to 64 of A-Z a-z 0-9 . _ : -");
  const time = event.time === undefined ? Number.NaN : timeOf(event.time);
  if (!isCount(time, LATEST_TIME)) return refuse(into, "time: must be ms since 1970, or ISO 8601 in UTC or with an offset");
  if (time < window.earliest) return refuse(into, "time: too long ago");
  if (time > window.latest) return refuse(into, "time: in the future");
  if (!isExperiment(experiment)) return refuse(into, "experiment: must be an id like laptop-call-m150");
  if (!isName(useCase)) return refuse(into, "useCase: must be a name");
  if (!isCount(phase, MOST_PHASE) || phase === 0) return refuse(into, `phase: must be a whole number from 1 to ${MOST_PHASE}`);
  if (arm !== "treatment" && arm !== "control") return refuse(into, "arm: must be treatment or control");
  if (typeof unit !== "string" || !EVENT_UNIT.test(unit)) return refuse(into, "unit: must be 32 hexadecimal digits, lower case");
  if (!isName(flavor)) return refuse(into, "flavor: must be a name");
  if (!isCount(seed, Number.MAX_SAFE_INTEGER)) return refuse(into, "seed: must be a whole number");
  if (pair !== undefined && pair !== "same" && pair !== "mixed") return refuse(into, "pair: must be same or mixed");
  if (!encodeOwn(event, isName, into)) return false;
  const keys = COMMON_KEYS + into.ownKeys + (pair === undefined ? 0 : 1);
  if (Object.keys(event).length !== keys) return refuse(into, strayKey(event));
  into.record = `${id}\t${time}\t${event.type as string}\t${experiment}\t${useCase}\t${phase}\t${arm}\t${unit}\t${flavor}\t${seed}\t${into.head}\t${pair ?? ""}\t${into.period}`;
  return true;
}

function timeOf(time: unknown): number {
  if (typeof time === "number") return time;
  return typeof time === "string" && EVENT_TIME.test(time) ? Date.parse(time) : Number.NaN;
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === "number" && value >= 0 && value <= most && Number.isInteger(value);
}

function strayKey(event: EventFields): string {
  const unknown = Object.keys(event).find((key) => !KEYS.has(key));
  return unknown === undefined
    ? `a key that does not belong to the type ${event.type as string}`
    : `unknown key ${JSON.stringify(unknown.slice(0, 40))}`;
}
