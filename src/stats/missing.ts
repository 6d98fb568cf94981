/** Owns missing telemetry: exposed units of which nothing more was heard, and whether one arm loses more of them. */
import { meanLogE } from "./corrections/e-values.js";
import { normalUpper } from "./distributions/normal.js";
import { rareEventTest } from "./sequential/rare-events.js";

/** Units of an arm that should have sent something by now, and those that have not. */
export interface Awaited {
  readonly due: number;
  readonly silent: number;
}

export interface MissingTelemetry {
  /** P-value of equal shares at one look (two proportions, pooled). */
  readonly p: number;
  /** ln e-value against equal shares, valid at every look. */
  readonly logE: number;
}

/** Lost telemetry is mostly no crash: differences of a third are looked for. */
const DESIGN_RATIO = 1.3;

/**
 * Compares the silent units of both arms. A flavor that crashes at its start loses its own telemetry: where the shares differ, what the rest
 * reports says nothing. At every look: the exact test of `rareEventTest` on the silent units, half on either side; `exposureRatio` is the
 * assignment's (1 for arms of equal size), not the one seen.
 */
export function missingTelemetry(treatment: Awaited, control: Awaited, exposureRatio = 1): MissingTelemetry {
  const up = testFor(exposureRatio)(treatment.silent, control.silent);
  const down = testFor(1 / exposureRatio)(control.silent, treatment.silent);
  return { p: twoProportionsP(treatment, control), logE: meanLogE([up, down]) };
}

const EQUAL = rareEventTest({ designRatio: DESIGN_RATIO });

function testFor(exposureRatio: number): typeof EQUAL {
  return exposureRatio === 1 ? EQUAL : rareEventTest({ designRatio: DESIGN_RATIO, exposureRatio });
}

function twoProportionsP(a: Awaited, b: Awaited): number {
  if (a.due === 0 || b.due === 0) return 1;
  const pooled = (a.silent + b.silent) / (a.due + b.due);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.due + 1 / b.due));
  return error === 0 ? 1 : Math.min(1, 2 * normalUpper(Math.abs(a.silent / a.due - b.silent / b.due) / error));
}
