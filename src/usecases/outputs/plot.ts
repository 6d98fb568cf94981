/** Owns the picture of a difference between two signals: both, one over the other, and what lies between, as SVG. */

export interface Signal {
  readonly name: string;
  readonly values: ArrayLike<number>;
}

const WIDTH = 720;
const LANE = 110;
const LEFT = 60;

/** Lanes below each other on one scale, so that sizes compare; `mark` is an index into the values, `caption` what they lie along. */
export function signalPlot(signals: readonly Signal[], mark: number, caption: string): string {
  const largest = Math.max(
    1e-9,
    ...signals.flatMap(({ values }) => Array.from(values, (value) => (Number.isFinite(value) ? Math.abs(value) : 0))),
  );
  const height = signals.length * LANE + 24;
  const lanes = signals.map((signal, index) => lane(signal, index * LANE, largest));
  const x = xOf(mark, signals[0]?.values.length ?? 1);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<line x1="${x}" x2="${x}" y1="0" y2="${signals.length * LANE}" stroke="#b00" stroke-dasharray="3 3"/>`,
    ...lanes,
    `<text x="${LEFT}" y="${height - 8}" fill="#333">${escaped(caption)}; full lane ±${largest.toPrecision(3)}</text>`,
    "</svg>\n",
  ].join("\n");
}

function lane({ name, values }: Signal, top: number, largest: number): string {
  const middle = top + LANE / 2;
  const points = Array.from(values, (value, index) => {
    const y = middle - ((Number.isFinite(value) ? value : 0) / largest) * (LANE / 2 - 8);
    return `${xOf(index, values.length)},${y.toFixed(1)}`;
  });
  return [
    `<line x1="${LEFT}" x2="${WIDTH}" y1="${middle}" y2="${middle}" stroke="#ccc"/>`,
    `<text x="4" y="${middle + 4}" fill="#333">${escaped(name)}</text>`,
    `<polyline fill="none" stroke="#1f5fa8" points="${points.join(" ")}"/>`,
  ].join("\n");
}

function xOf(index: number, count: number): string {
  return (LEFT + (index / Math.max(1, count - 1)) * (WIDTH - LEFT - 8)).toFixed(1);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
