/** Owns the constant texts of demangled names, each by its number. */

const BYTES: Uint8Array[] = [];
const NUMBERS = new Map<string, number>();

/** The number of a text; the same for the same text. Called while modules are loaded. */
export function text(value: string): number {
  const known = NUMBERS.get(value);
  if (known !== undefined) return known;
  const number = BYTES.length;
  BYTES.push(new TextEncoder().encode(value));
  NUMBERS.set(value, number);
  return number;
}

const NOTHING = new Uint8Array(0);

/** The bytes of a text. */
export function bytesOf(number: number): Uint8Array {
  return BYTES[number] ?? NOTHING;
}
