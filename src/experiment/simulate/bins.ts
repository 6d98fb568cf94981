/** Owns the bins of a simulated quantile metric: each 1 % wide, so that a quantile is known to 1 %. */

const WIDTH = Math.log(1.01);

export interface Bins {
  readonly counts: Map<number, number>;
}

export function emptyBins(): Bins {
  return { counts: new Map() };
}

export function addToBins({ counts }: Bins, value: number): void {
  const bin = Math.floor(Math.log(Math.max(value, 1e-12)) / WIDTH);
  counts.set(bin, (counts.get(bin) ?? 0) + 1);
}

/** In the order of the values. */
export function histogramOf({ counts }: Bins): [from: number, to: number, units: number][] {
  return [...counts].toSorted(([a], [b]) => a - b).map(([bin, units]) => [Math.exp(bin * WIDTH), Math.exp((bin + 1) * WIDTH), units]);
}
