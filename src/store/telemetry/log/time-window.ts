/** Owns which times of events are taken. */

export const DAY_MS = 86_400_000;

/** Earliest and latest time that is taken, ms since 1970. */
export interface TimeWindow {
  readonly earliest: number;
  readonly latest: number;
}

/** How far an event's own time may be off the server's. */
export interface TimeLimits {
  readonly lateDays: number;
  readonly earlyDays: number;
}

export const USUAL_LIMITS: TimeLimits = { lateDays: 90, earlyDays: 1 };

/**
 * The window at `now`. Times outside are refused and not bent: a bent time would differ from one sending to the next, and an
 * event's day is where its id is looked for. `highest` is the latest time that this folder's server clock has ever shown: a clock
 * that falls back (an empty battery) does not make the present "the future".
 */
export function timeWindow(now: number, highest: number, limits: TimeLimits): TimeWindow {
  return { earliest: now - limits.lateDays * DAY_MS, latest: Math.max(now, highest) + limits.earlyDays * DAY_MS };
}
