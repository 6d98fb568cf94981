/** Owns how long each stage of a ramp takes, from the units that come in. */
import type { StagePlan } from "../../model/experiment-plan.js";
import type { Stage } from "../../model/experiment.js";

export interface Supply {
  readonly unitsPerDay: number;
  readonly fleet?: number | undefined;
}

/**
 * The stages one after another. Units of a bucket come once: those that came at an earlier stage are in the arms already, so a stage
 * brings its part of the units per day, until its part of the fleet is there. `needs`: units per arm that each gate asks for.
 */
export function stageDays(stages: readonly Stage[], needs: readonly (number | undefined)[], { unitsPerDay, fleet }: Supply): StagePlan[] {
  let have = 0;
  return stages.map(({ percent, minHours }, index) => {
    if (percent >= 100) return { percent, units: null, supply: null, days: 0 };
    const units = needs[index];
    const supply = fleet === undefined ? Infinity : (fleet * percent) / 100;
    const perDay = (unitsPerDay * percent) / 100;
    const plan = { percent, units: finite(units), supply: finite(supply) };
    if (units === undefined || units > supply) return { ...plan, days: null };
    const days = Math.max(minHours / 24, (units - have) / perDay);
    have = Math.min(supply, have + days * perDay);
    return { ...plan, days };
  });
}

/** Units per arm at the end of the last stage that has a control; where its gate cannot be passed, all that it brings at all. */
export function unitsAtEnd(stages: readonly StagePlan[], { unitsPerDay }: Supply): number {
  return stages.reduce((have, { percent, supply, days }) => {
    if (percent >= 100) return have;
    if (days === null) return supply ?? have;
    return Math.min(supply ?? Infinity, have + (days * unitsPerDay * percent) / 100);
  }, 0);
}

function finite(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Math.ceil(value);
}
