/** Owns the points and weights that densities of a group-sequential statistic are integrated by. */

/** Points in growing order, with their weights. */
export interface Grid {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Beyond so many standard deviations from its mean a normal statistic has less than 1e-18 of its mass. */
const REACH = 9;

/** Panels as wide as this many standard deviations of the narrowest normal among what is integrated: with ten points each, errors stay below 1e-10. */
const PANEL = 1.5;

/** More panels are not made: looks nearer together than about a millionth of the information are no longer told apart. */
const MOST_PANELS = 20_000;

/** Gauss and Legendre's ten points on (−1, 1), by half (Abramowitz and Stegun, table 25.4). */
const NODES = [0.14887433898163122, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];
const WEIGHTS = [0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.1494513491505806, 0.06667134430868814];

/** Points over what lies between the bounds of a statistic with this mean; `narrowest` is the smallest standard deviation that matters. */
export function gridOf(mean: number, lower: number, upper: number, narrowest: number): Grid {
  const [low, high] = [Math.max(lower, mean - REACH), Math.min(upper, mean + REACH)];
  if (!(low < high)) return { points: new Float64Array(0), weights: new Float64Array(0) };
  const panels = Math.min(MOST_PANELS, Math.ceil((high - low) / (PANEL * narrowest)));
  const half = (high - low) / panels / 2;
  const [points, weights] = [new Float64Array(panels * 10), new Float64Array(panels * 10)];
  for (let panel = 0; panel < panels; panel++) {
    const middle = low + (2 * panel + 1) * half;
    for (let node = 0; node < 5; node++) {
      const [left, right] = [panel * 10 + 4 - node, panel * 10 + 5 + node];
      const offset = half * (NODES[node] as number);
      points[left] = middle - offset;
      points[right] = middle + offset;
      weights[left] = weights[right] = half * (WEIGHTS[node] as number);
    }
  }
  return { points, weights };
}

/** Place of the first point above `from`. */
export function firstAbove(points: Float64Array, from: number): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as number) > from) high = middle;
    else low = middle + 1;
  }
  return low;
}
