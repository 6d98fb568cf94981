/** Owns what an inconclusive metric needs before its gate: units, and days at the present rate. */
import type { Gate, Needs } from "../../model/decision.js";
import type { Metric } from "../../model/experiment.js";
import { figure } from "../../support/figures.js";
import { type Effect, harmSign } from "./effect.js";

/** Standard normal quantile of 0.8: the chance with which the named units suffice if there is no true difference. */
const POWER = 0.8416;

export interface NeedsRequest {
  readonly metric: Metric;
  readonly gate: Gate;
  readonly effect: Effect | undefined;
  /** Units per arm now, at least, and of the last day. */
  readonly units: number;
  readonly unitsLastDay: number | undefined;
  /** What the gate was planned for; said while too little is known. */
  readonly planned: number;
}

/** Units per arm in all at which the gate should be passed, if the scatter stays and the truth is no harm (or what is seen, where that is some). */
export function needsOf({ metric, gate, effect, units, unitsLastDay, planned }: NeedsRequest): Needs {
  if (gate.margin === 0) return needs(units, 0, null, "a margin above 0: without one, 'no worse' cannot be shown with any number of units");
  const room = gate.z === null || effect === undefined ? undefined : { z: gate.z, bound: gate.bound ?? POWER, effect };
  const estimated = room === undefined ? planned : unitsFor(metric, gate, room, units);
  const wanted = Math.max(units, estimated);
  const missing = Math.max(0, wanted - units);
  const days = unitsLastDay === undefined || unitsLastDay === 0 ? null : Math.ceil((missing / unitsLastDay) * 10) / 10;
  const harm = effect === undefined ? 0 : effect.estimate * harmSign(metric);
  if (harm >= gate.margin)
    return needs(wanted, missing, days, `less harm than is seen, or more units to see less: ${unitsText(wanted, days)}`);
  return needs(wanted, missing, days, unitsText(wanted, days));
}

interface Room {
  readonly z: number;
  readonly bound: number;
  readonly effect: Effect;
}

/** z grows with the square root of the units. */
function unitsFor(metric: Metric, { margin }: Gate, { z, bound, effect }: Room, units: number): number {
  const harm = effect.estimate * harmSign(metric);
  const error = (margin - harm) / z;
  const distance = harm > 0 && harm < margin ? margin - harm : margin;
  const target = harm > 0 && harm < margin ? bound : bound + POWER;
  const wanted = Math.ceil(units * ((target * error) / distance) ** 2);
  return Number.isFinite(wanted) ? Math.max(wanted, units + 1) : units + 1;
}

function needs(units: number, missing: number, days: number | null, text: string): Needs {
  return { units, missing, days, text };
}

function unitsText(units: number, days: number | null): string {
  const time =
    days === null
      ? ""
      : days === 0
        ? ", which are there"
        : `, ${days < 1 ? "less than a day" : days === 1 ? "about a day" : `about ${String(Math.ceil(days))} days`} at the present rate`;
  return `about ${figure(roughly(units))} units per arm${time}`;
}

/** Rounded up to two digits that count: an estimate says no more. */
function roughly(units: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(units, 1))) - 1);
  return Math.ceil(units / step) * step;
}
