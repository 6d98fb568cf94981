/** Owns a quick measure of how far apart two contents are: lines that only one of them has, whatever their order. */
import { isBinary } from "../line-forms.js";

/** A content as the count of each of its lines, white space at their ends left out. */
export type LineCounts = ReadonlyMap<string, number>;

export function lineCounts(content: Buffer): LineCounts {
  const counts = new Map<string, number>();
  const lines = isBinary(content) ? [content.toString("latin1")] : content.toString("latin1").split("\n");
  for (const line of lines) {
    const key = line.trimEnd();
    if (key !== "") counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

export function lineDistance(a: LineCounts, b: LineCounts): number {
  let distance = 0;
  for (const [line, count] of a) distance += Math.abs(count - (b.get(line) ?? 0));
  for (const [line, count] of b) if (!a.has(line)) distance += count;
  return distance;
}

/** Share of lines that both have, 0 to 1. */
export function likeness(a: LineCounts, b: LineCounts): number {
  const total = sum(a) + sum(b);
  return total === 0 ? 0 : 1 - lineDistance(a, b) / total;
}

function sum(counts: LineCounts): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
