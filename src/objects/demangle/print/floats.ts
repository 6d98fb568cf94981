/** Owns floating-point values, told in hexadecimal as C's `%a` does: `0x1.8p+1`. */

interface Layout {
  readonly exponentBits: number;
  readonly fractionBits: number;
  /** The bit before the point is stored, as in x87's extended precision. */
  readonly explicit: boolean;
  readonly suffix: string;
}

/** By size in bytes. */
const LAYOUTS: Readonly<Record<number, Layout>> = {
  4: { exponentBits: 8, fractionBits: 23, explicit: false, suffix: "f" },
  8: { exponentBits: 11, fractionBits: 52, explicit: false, suffix: "" },
  16: { exponentBits: 15, fractionBits: 112, explicit: false, suffix: "L" },
  10: { exponentBits: 15, fractionBits: 63, explicit: true, suffix: "L" },
};

/** The value of big-endian hexadecimal digits. */
export function floatText(digits: string, size: number): string {
  const layout = LAYOUTS[size];
  if (layout === undefined) return digits;
  const bits = BigInt(`0x${digits}`);
  const { exponentBits, fractionBits, explicit, suffix } = layout;
  const stored = BigInt(fractionBits + (explicit ? 1 : 0));
  const exponent = Number((bits >> stored) & ((1n << BigInt(exponentBits)) - 1n));
  const mantissa = bits & ((1n << stored) - 1n);
  const sign = bits >> (stored + BigInt(exponentBits)) === 1n ? "-" : "";
  return `${sign}${magnitude(exponent, mantissa, layout)}${suffix}`;
}

function magnitude(exponent: number, mantissa: bigint, { exponentBits, fractionBits, explicit }: Layout): string {
  const highest = 2 ** exponentBits - 1;
  const fraction = mantissa & ((1n << BigInt(fractionBits)) - 1n);
  if (exponent === highest) return fraction === 0n ? "inf" : "nan";
  const bias = (highest - 1) / 2;
  if (explicit) return extended(exponent, mantissa, bias);
  if (exponent === 0 && fraction === 0n) return "0x0p+0";
  if (exponent === 0 && fractionBits === 23) return normalised(fraction, bias);
  const power = exponent === 0 ? 1 - bias : exponent - bias;
  return written(exponent === 0 ? 0n : 1n, fraction, fractionBits, power);
}

/** A denormal float is a normal double, and told as one. */
function normalised(fraction: bigint, bias: number): string {
  const width = fraction.toString(2).length;
  const rest = (fraction << BigInt(24 - width)) & ((1n << 23n) - 1n);
  return written(1n, rest, 23, 1 - bias - (24 - width));
}

/** Four bits stand before the point. */
function extended(exponent: number, mantissa: bigint, bias: number): string {
  if (mantissa === 0n) return "0x0p+0";
  return written(mantissa >> 60n, mantissa & ((1n << 60n) - 1n), 60, (exponent === 0 ? 1 : exponent) - bias - 3);
}

function written(whole: bigint, fraction: bigint, bits: number, power: number): string {
  const digits = Math.ceil(bits / 4);
  const aligned = fraction << BigInt(digits * 4 - bits);
  const behind = aligned.toString(16).padStart(digits, "0").replace(/0+$/, "");
  return `0x${whole.toString(16)}${behind === "" ? "" : `.${behind}`}p${power < 0 ? "-" : "+"}${Math.abs(power)}`;
}
