/** Owns how many crashes the exact test of rare events needs: by its own distribution, without simulation. */
import { type RareEventDesign, rareEventTest } from "../sequential/rare-events.js";

export interface RareEventPlan extends RareEventDesign {
  /** The error of the test. */
  readonly alpha: number;
  /** The true ratio of the rates, treatment to control. */
  readonly ratio: number;
}

/** Events beyond which no use case is planned. */
const MOST = 20_000;

/**
 * How many events (both arms together) until harm is proven with each of the probabilities `powers` (growing; 0.5 is the median), when the test looks
 * after every event: the distribution of the count in treatment is carried on event by event, and what passes the bound leaves it.
 * Infinity where `most` (20,000) events do not do.
 */
export function eventsForRare(plan: RareEventPlan, powers: readonly number[], most = MOST): number[] {
  const odds = plan.ratio * (plan.exposureRatio ?? 1);
  const chance = odds / (1 + odds);
  const test = rareEventTest(plan);
  const threshold = -Math.log(plan.alpha);
  const needed = powers.map(() => Infinity);
  const inside = new Float64Array(most + 2);
  inside[0] = 1;
  let [found, low, high] = [0, 0, 0];
  for (let events = 1; events <= most && found < (powers.at(-1) ?? 0); events++) {
    for (let count = high + 1; count > low; count--) {
      inside[count] = (inside[count] as number) * (1 - chance) + (inside[count - 1] as number) * chance;
    }
    inside[low] = (inside[low] as number) * (1 - chance);
    high++;
    while (high >= low && test(high, events - high) >= threshold) {
      found += inside[high] as number;
      inside[high] = 0;
      high--;
    }
    while (low < high && (inside[low] as number) < 1e-15) inside[low++] = 0;
    for (const [index, power] of powers.entries()) if (found >= power && needed[index] === Infinity) needed[index] = events;
  }
  return needed;
}

/** The units in each arm (of equal size) that bring so many events, when control has them at `rate` and treatment at `ratio` times that. */
export function unitsForEvents(events: number, rate: number, ratio: number): number {
  return events / (rate * (1 + ratio));
}

/** The smallest ratio that is found with probability `power` when `units` in each arm have the event at `rate` in control; Infinity beyond 50. */
export function detectableRatio(units: number, rate: number, power: number, design: Omit<RareEventPlan, "ratio">): number {
  const least = design.nullRatio ?? 1;
  function found(ratio: number): boolean {
    const most = Math.min(MOST, Math.floor(units * rate * (1 + ratio)));
    return eventsForRare({ ...design, ratio }, [power], most)[0] !== Infinity;
  }
  if (!found(50 * least)) return Infinity;
  let [low, high] = [least, 50 * least];
  while (high / low > 1.005) {
    const middle = Math.sqrt(low * high);
    if (found(middle)) high = middle;
    else low = middle;
  }
  return high;
}
