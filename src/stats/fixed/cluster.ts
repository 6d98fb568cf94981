/** Owns errors of an effect when units come in clusters that share their luck: calls of a room, devices of a site. */
import type { Effect } from "./effect.js";

/** Sums over a cluster's units in each arm; a cluster may lie in one arm or in both. */
export interface ClusterSums {
  readonly treatmentUnits: number;
  readonly treatmentSum: number;
  readonly controlUnits: number;
  readonly controlSum: number;
}

/**
 * Difference of the arms' means over units, with the sandwich error by cluster: that of ordinary least squares on an indicator (Liang and
 * Zeger 1986). CR1 multiplies the variance by G/(G−1)·(N−1)/(N−2) as Stata and R's sandwich do; CR0 does not. Degrees of
 * freedom: G − 1. Needs a few dozen clusters per arm to be right.
 */
export function clusterEffect(clusters: readonly ClusterSums[], correction: "CR0" | "CR1" = "CR1"): Effect {
  const total = clusters.reduce(
    (all, each) => ({
      treatmentUnits: all.treatmentUnits + each.treatmentUnits,
      treatmentSum: all.treatmentSum + each.treatmentSum,
      controlUnits: all.controlUnits + each.controlUnits,
      controlSum: all.controlSum + each.controlSum,
    }),
    { treatmentUnits: 0, treatmentSum: 0, controlUnits: 0, controlSum: 0 },
  );
  const [treatment, control] = [total.treatmentSum / total.treatmentUnits, total.controlSum / total.controlUnits];
  const squares = clusters.reduce((sum, each) => {
    const above = (each.treatmentSum - each.treatmentUnits * treatment) / total.treatmentUnits;
    const below = (each.controlSum - each.controlUnits * control) / total.controlUnits;
    return sum + (above - below) ** 2;
  }, 0);
  const [n, groups] = [total.treatmentUnits + total.controlUnits, clusters.length];
  const factor = correction === "CR0" ? 1 : (groups / (groups - 1)) * ((n - 1) / (n - 2));
  return { n, mean: treatment - control, standardError: Math.sqrt(factor * squares), df: Math.max(1, groups - 1) };
}
