/** Owns a picture of two curves over one axis, and of their difference below it: an SVG without scripts, colours from the page. */
import { decimal, signed } from "../figures.js";
import { html, type Html } from "./template.js";

export interface Plot {
  readonly title: string;
  /** Of equal length, in dB. */
  readonly legacy: readonly number[];
  readonly latest: readonly number[];
  /** Marks of the axis: share of the width, and text. */
  readonly marks: readonly { readonly at: number; readonly text: string }[];
  /** Where a point lies, as told in words: "3.2 s", "8 kHz". */
  readonly placeOf: (index: number) => string;
}

const WIDTH = 520;
const LEFT = 56;
const UPPER = { top: 8, height: 120 };
const LOWER = { top: 140, height: 44 };
const HEIGHT = 204;
/** How far below the loudest point the picture reaches, in dB. */
const RANGE = 70;
/** A difference is told and drawn where one of both is within this many dB of the loudest point: below it nothing is heard. */
const HEARD = 55;
const LEAST_SCALE = 3;

export function plot(view: Plot): Html {
  const top = Math.ceil(Math.max(...view.legacy, ...view.latest, -100) / 10) * 10;
  const differences = heardDifferences(view, top);
  const scale = Math.max(LEAST_SCALE, ...differences.map((value) => Math.ceil(Math.abs(value))));
  return html`<figure class="plot">
    <figcaption>${view.title}: ${sentenceOf(view, differences)}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${view.title}: ${sentenceOf(view, differences)}">
      ${frame(UPPER, decimal(top, 0), `${decimal(top - RANGE, 0)} dB`)}${frame(LOWER, `+${scale}`, `−${scale} dB`)}
      <line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${middle()}" y2="${middle()}" />
      ${curve("legacy", view.legacy, top)}${curve("latest", view.latest, top)}${bars(differences, scale)}
      ${view.marks.map(({ at, text }) => html`<text x="${round(xOf(at, 2))}" y="${HEIGHT - 4}" text-anchor="${anchorAt(at)}">${text}</text>`)}
    </svg>
  </figure>`;
}

/** Latest minus legacy, 0 where neither is heard. */
function heardDifferences({ legacy, latest }: Plot, top: number): number[] {
  return legacy.map((level, index) => {
    const other = latest[index] ?? level;
    const floor = top - RANGE;
    return Math.max(level, other) < top - HEARD ? 0 : Math.max(other, floor) - Math.max(level, floor);
  });
}

function sentenceOf({ placeOf }: Plot, differences: readonly number[]): string {
  const largest = differences.reduce((best, value, index) => (Math.abs(value) > Math.abs(differences[best] ?? 0) ? index : best), 0);
  const value = differences[largest] ?? 0;
  return Math.abs(value) < 1 ? "within 1 dB everywhere" : `latest differs most at ${placeOf(largest)}, by ${signed(decimal(value, 1))} dB`;
}

function frame({ top, height }: typeof UPPER, highest: string, lowest: string): Html {
  return html`<rect class="field" x="${LEFT}" y="${top}" width="${WIDTH - LEFT}" height="${height}" />
    <text x="${LEFT - 5}" y="${top + 10}" text-anchor="end">${highest}</text>
    <text x="${LEFT - 5}" y="${top + height}" text-anchor="end">${lowest}</text>`;
}

function curve(flavor: "legacy" | "latest", levels: readonly number[], top: number): Html {
  const points = levels.map((level, index) => {
    const share = Math.min(1, Math.max(0, (top - level) / RANGE));
    return `${round(xOf(index, levels.length))},${round(UPPER.top + share * UPPER.height)}`;
  });
  return html`<polyline class="${flavor}" points="${points.join(" ")}" />`;
}

/** One path for all bars: half the bytes of a rectangle each. */
function bars(differences: readonly number[], scale: number): Html {
  const width = (WIDTH - LEFT) / Math.max(1, differences.length - 1);
  const drawn = differences.flatMap((value, index) => {
    const height = round((value / scale) * (LOWER.height / 2));
    if (Math.abs(height) < 0.2) return [];
    const x = round(Math.max(LEFT, xOf(index, differences.length) - width * 0.4));
    const across = round(Math.min(width * 0.8, WIDTH - x));
    return [`M${x} ${middle()}h${across}v${-height}h${-across}z`];
  });
  return html`<path class="gap" d="${drawn.join("")}" />`;
}

function middle(): number {
  return LOWER.top + LOWER.height / 2;
}

/** Of the index-th of `count` points; of a share of the width where count is 2. */
function xOf(index: number, count: number): number {
  return LEFT + (index / Math.max(1, count - 1)) * (WIDTH - LEFT);
}

function anchorAt(share: number): string {
  if (share === 0) return "start";
  return share === 1 ? "end" : "middle";
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
