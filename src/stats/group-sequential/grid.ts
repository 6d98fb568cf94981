/** Owns the points and weights that densities of a group-sequential statistic are integrated by. */

export interface Grid {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Fineness: Jennison and Turnbull use 16 for errors below 1e-6; the cost grows with its square. */
const R = 32;

/** Points for a normal statistic with the given mean, cut at the bounds, with Simpson's weights (Jennison and Turnbull 2000, section 19.3.1). */
export function gridOf(mean: number, lower: number, upper: number): Grid {
  const knots = knotsOf(mean, lower, upper);
  const points = new Float64Array(2 * knots.length - 1);
  const weights = new Float64Array(points.length);
  for (let i = 0; i + 1 < knots.length; i++) {
    const [from, to] = [knots[i] as number, knots[i + 1] as number];
    const width = to - from;
    points[2 * i] = from;
    points[2 * i + 1] = from + width / 2;
    points[2 * i + 2] = to;
    weights[2 * i] = (weights[2 * i] as number) + width / 6;
    weights[2 * i + 1] = (4 * width) / 6;
    weights[2 * i + 2] = width / 6;
  }
  return { points, weights };
}

function knotsOf(mean: number, lower: number, upper: number): number[] {
  const knots: number[] = [];
  for (let i = 1; i < 6 * R; i++) knots.push(mean + offsetOf(i));
  const [first = 0, last = 0] = [knots[0], knots.at(-1)];
  const [low, high] = [Math.min(Math.max(first, lower), last), Math.max(Math.min(last, upper), first)];
  if (!(low < high)) return [low];
  return [low, ...knots.filter((knot) => knot > low && knot < high), high];
}

function offsetOf(i: number): number {
  if (i < R) return -3 - 4 * Math.log(R / i);
  if (i <= 5 * R) return -3 + (3 * (i - R)) / (2 * R);
  return 3 + 4 * Math.log(R / (6 * R - i));
}
