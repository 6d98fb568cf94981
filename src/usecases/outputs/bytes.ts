/** Owns the comparison of outputs byte by byte. */
import type { Difference } from "./difference.js";

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The first byte that differs outside of the ranges, with the bytes around it; a length that differs counts. */
export function bytesDifference(legacy: Uint8Array, latest: Uint8Array, ignore: readonly Range[]): Difference | undefined {
  const common = Math.min(legacy.length, latest.length);
  for (let at = 0; at < common; at++) {
    if (legacy[at] === latest[at]) continue;
    const skipped = ignore.find(({ from, to }) => at >= from && at < to);
    if (skipped === undefined) return { where: `byte ${at}`, what: `${around(legacy, at)} → ${around(latest, at)}` };
    at = skipped.to - 1;
  }
  if (legacy.length === latest.length) return undefined;
  return { where: `byte ${common}`, what: `${legacy.length} bytes → ${latest.length} bytes` };
}

const SHOWN = 8;

function around(bytes: Uint8Array, at: number): string {
  return Array.from(bytes.subarray(at, at + SHOWN), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
