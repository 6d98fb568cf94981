/** Owns the order of texts that does not depend on the machine's language. */

/** Compares by UTF-16 code unit, for `toSorted`: negative, 0 or positive. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
