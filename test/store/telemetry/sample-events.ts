/** Owns made-up events of a small fleet, the same for the same seed. */
import type { TelemetryEvent } from "../../../src/model/telemetry.js";
import { seededRandom } from "../../../src/support/random.js";

/** 2026-11-30, noon UTC. */
export const NOON = Date.UTC(2026, 10, 30, 12);
const DAY = 86_400_000;
const HOUR = 3_600_000;

export const EXPERIMENT = "laptop-call-m150";

/** One event with every field that all types have. */
export function event(id: string, more: Partial<Record<string, unknown>> = {}): TelemetryEvent {
  return {
    id: `event-${id}`,
    time: NOON,
    type: "exposure",
    experiment: EXPERIMENT,
    useCase: "laptop-call",
    phase: 1,
    arm: "treatment",
    unit: "0123456789abcdef0123456789abcdef",
    flavor: "latest",
    seed: 7,
    ...more,
  } as TelemetryEvent;
}

/** A batch as devices send it. */
export function ndjson(events: readonly unknown[]): string {
  return events.map((one) => `${JSON.stringify(one)}\n`).join("");
}

export interface FleetOptions {
  readonly units?: number;
  readonly days?: number;
  readonly seed?: number;
  readonly experiment?: string;
}

/** Units in two arms and two phases over some days: values before and after exposure, crashes, ends, silent ones, mixed pairs, one that switches arms. */
export function fleet({ units = 60, days = 4, seed = 1, experiment = EXPERIMENT }: FleetOptions = {}): TelemetryEvent[] {
  const random = seededRandom(seed);
  const events: TelemetryEvent[] = [];
  let next = 0;
  for (let index = 0; index < units; index++) {
    const arm = index % 2 === 0 ? "treatment" : "control";
    const unit = (0x1000 + index).toString(16).padStart(32, "0");
    const pair = index % 5 === 0 ? { pair: index % 10 === 0 ? "mixed" : "same" } : {};
    const base = { experiment, arm, unit, flavor: arm === "treatment" ? "latest" : "legacy", ...pair };
    const first = Math.floor(random() * (days - 1));
    const start = NOON - days * DAY + first * DAY + Math.floor(random() * 11 * HOUR);
    const add = (more: Partial<Record<string, unknown>>) =>
      events.push(event(`${seed}-${String(next++).padStart(6, "0")}`, { ...base, ...more }));
    const metric = (name: string, time: number, value: number, more = {}) =>
      add({ type: "metric", metric: name, time, value, phase: first + 1, ...more });
    for (let i = 0; i < 2; i++) metric("join-ms", start - HOUR, 100 + random() * 50, { period: "before" });
    for (let day = first; day < days; day++) {
      const at = start + (day - first) * DAY;
      add({ time: at, phase: day + 1 });
      if (index % 7 === 0) continue;
      const calls = 1 + Math.floor(random() * 3);
      for (let call = 0; call < calls; call++) {
        metric("join-ms", at + call, 120 + random() * 900 * random());
        metric("freezes", at + call, Math.floor(random() * 3), { denominator: 1 + random() });
        metric("call-failed", at + call, random() < 0.1 ? 1 : 0);
      }
      if (random() < 0.15)
        add({ type: "crash", stage: random() < 0.5 ? "startup" : "running", signal: "SIGSEGV", time: at + 10, phase: day + 1 });
      else add({ type: "end", time: at + HOUR, phase: day + 1 });
    }
    if (index === 3) add({ time: start + DAY, phase: first + 2, arm: "treatment" });
  }
  return events;
}
