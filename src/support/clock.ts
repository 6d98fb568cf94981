/** Owns the clock: the only place that asks for the time. */

/** Milliseconds of a monotonic clock, for durations. */
export function monotonicMs(): number {
  // Node loads a good deal of modules for the first look at `performance`.
  return Number(process.hrtime.bigint()) / 1e6;
}

/** The wall clock as ISO 8601 in UTC; only for `measured` parts and logs. */
export function wallClockIso(): string {
  return new Date().toISOString();
}

/** The wall clock in ms since 1970, to compare with times of files. */
export function wallClockMs(): number {
  return Date.now();
}

/** Resolves after so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
