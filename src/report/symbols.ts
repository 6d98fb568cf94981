/** Owns symbol lists as text: one line per symbol under its object, or one line per group. */
import { count } from "./figures.js";

export interface ShownSymbol {
  readonly name: string;
  readonly class: string;
  readonly kind: string;
  readonly value: number;
  readonly size: number;
  readonly section: string;
}

/** `0000000000000040     312 strong function     lib::f(int)`: value in hexadecimal, size in bytes. */
export function symbolLine({ name, class: of, kind, value, size }: ShownSymbol): string {
  return `${hexadecimal(value)} ${sizeColumn(size)} ${columnsOf(of, kind)} ${name}`;
}

export function columnsOf(of: string, kind: string): string {
  return `${of.padEnd(13)} ${kind.padEnd(12)}`;
}

export function hexadecimal(value: number): string {
  return value === 0 ? NO_VALUE : value.toString(16).padStart(16, "0");
}

const NO_VALUE = "0".repeat(16);

export function sizeColumn(size: number): string {
  return String(size).padStart(9);
}

export interface SymbolGroup {
  readonly key: string;
  readonly symbols: number;
  readonly size: number;
}

/** A line per group, the first `top` of them, and the sum of all. */
export function groupLines(groups: readonly SymbolGroup[], by: string, top = groups.length): string[] {
  const sum = groups.reduce(
    (known, group) => ({ key: "in all", symbols: known.symbols + group.symbols, size: known.size + group.size }),
    NOTHING,
  );
  const shown = [...groups.slice(0, top), sum];
  return [columns("symbols", "bytes", "share", by), ...shown.map((group) => groupLine(group, sum.size))];
}

const NOTHING: SymbolGroup = { key: "in all", symbols: 0, size: 0 };

function groupLine({ key, symbols, size }: SymbolGroup, total: number): string {
  return columns(count(symbols), count(size), total === 0 ? "–" : `${((size / total) * 100).toFixed(1)} %`, key);
}

function columns(symbols: string, size: string, share: string, key: string): string {
  return `${symbols.padStart(10)} ${size.padStart(14)} ${share.padStart(7)}  ${key}`;
}
