/** Owns how an experiment's figures are written. */
import { count } from "../figures.js";

/** Three digits that count: "0.0312", "1,240", "3.1e+6"; "–" for none. */
export function short(value: number | null): string {
  if (value === null) return "–";
  const size = Math.abs(value);
  if (size >= 1e6) return minus(value.toExponential(1));
  if (size >= 1000) return count(Math.round(value));
  return minus(String(Number(value.toPrecision(3))));
}

/** With its sign: "+0.031", "−3". */
export function signedShort(value: number | null): string {
  return value === null || value <= 0 ? short(value) : `+${short(value)}`;
}

/** A share: "0.31 %". */
export function share(value: number | null): string {
  return value === null ? "–" : `${short(value * 100)} %`;
}

/** "2026-11-30 12:00": minutes in UTC. */
export function minute(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** "about 3 days", "about 11 hours"; "–" for none. */
export function days(value: number | null): string {
  if (value === null) return "–";
  if (value < 2) return `${String(Math.max(1, Math.ceil(value * 24)))} h`;
  return `${count(Math.ceil(value))} days`;
}

/** "0.1 %": the share of the units at a stage. */
export function percent(value: number): string {
  return `${String(value)} %`;
}

function minus(text: string): string {
  return text.replace(/^-/, "−");
}
