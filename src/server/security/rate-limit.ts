/** Owns limits on how often somebody may call: a bucket of calls for each, filled again at a steady rate. */

export interface RateLimit {
  /** Calls in a second, in the long run; 0 for no limit. */
  readonly perSecond: number;
  /** Calls at once. */
  readonly burst: number;
}

/** 0 when the call may go on, else after how many seconds it may. */
export type TakeCall = (who: string, nowMs: number) => number;

interface Bucket {
  calls: number;
  at: number;
}

/** Callers remembered at most: who was silent longest is forgotten first, with a full bucket. */
const REMEMBERED = 50_000;

export function createRateLimit({ perSecond, burst }: RateLimit): TakeCall {
  if (perSecond === 0) return () => 0;
  const buckets = new Map<string, Bucket>();
  return (who, nowMs) => {
    const bucket = buckets.get(who) ?? { calls: burst, at: nowMs };
    // A clock that was set back adds nothing and takes nothing.
    const passed = Math.max(0, nowMs - bucket.at) / 1000;
    bucket.calls = Math.min(burst, bucket.calls + passed * perSecond);
    bucket.at = nowMs;
    buckets.delete(who);
    buckets.set(who, bucket);
    if (buckets.size > REMEMBERED) buckets.delete(buckets.keys().next().value ?? "");
    if (bucket.calls < 1) return Math.ceil((1 - bucket.calls) / perSecond);
    bucket.calls -= 1;
    return 0;
  };
}
