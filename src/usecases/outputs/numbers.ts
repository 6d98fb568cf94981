/** Owns the comparison of texts in which numbers may differ a little. */
import type { Tolerance } from "../../model/tolerance.js";
import type { Difference } from "./difference.js";

type NumberTolerance = Extract<Tolerance, { kind: "numbers" }>;

const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[-+]?\b(?:nan|inf|infinity)\b/gi;

/** The first line in which a word differs or a number lies further apart than it may; undefined when all is near enough. */
export function numbersDifference(legacy: string, latest: string, tolerance: NumberTolerance): Difference | undefined {
  const [ours, theirs] = [legacy.split("\n"), latest.split("\n")];
  for (const [index, line] of ours.entries()) {
    const other = theirs[index];
    if (other === undefined) return { where: `line ${index + 1}`, what: "latest ends before it" };
    const what = lineDifference(line, other, tolerance);
    if (what !== undefined) return { where: `line ${index + 1}`, what };
  }
  return theirs.length > ours.length ? { where: `line ${ours.length + 1}`, what: "legacy ends before it" } : undefined;
}

function lineDifference(line: string, other: string, tolerance: NumberTolerance): string | undefined {
  if (line === other) return undefined;
  const [numbers, others] = [line.match(NUMBER) ?? [], other.match(NUMBER) ?? []];
  const isSameText = line.replaceAll(NUMBER, "#") === other.replaceAll(NUMBER, "#");
  if (!isSameText) return `'${cut(line)}' → '${cut(other)}'`;
  const far = numbers.findIndex((text, index) => !isNear(numberOf(text), numberOf(others[index] ?? ""), tolerance));
  return far === -1 ? undefined : `number ${far + 1}: ${numbers[far]} → ${others[far]}`;
}

function numberOf(text: string): number {
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  return Number(text);
}

/** NaN is near NaN alone, an infinity near the same one alone. */
export function isNear(legacy: number, latest: number, { absolute, relative, ulp }: NumberTolerance): boolean {
  if (Object.is(legacy, latest) || legacy === latest) return true;
  if (!Number.isFinite(legacy) || !Number.isFinite(latest)) return Number.isNaN(legacy) && Number.isNaN(latest);
  const apart = Math.abs(latest - legacy);
  if (absolute !== undefined && apart <= absolute) return true;
  if (relative !== undefined && apart <= relative * Math.abs(legacy)) return true;
  return ulp !== undefined && ulpsApart(legacy, latest) <= BigInt(ulp);
}

/** How many double-precision numbers lie between two: the distance of their bits in the order of numbers. */
export function ulpsApart(a: number, b: number): bigint {
  const distance = ordinal(a) - ordinal(b);
  return distance < 0n ? -distance : distance;
}

function ordinal(value: number): bigint {
  const bits = new BigInt64Array(Float64Array.of(value).buffer)[0] ?? 0n;
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
