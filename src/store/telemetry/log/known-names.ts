/** Owns the check of names with a memory: most events of a fleet bear the same few. */

const MOST_KNOWN = 10_000;
const LONGEST_KEPT = 100;

/** Tells whether a value is a text that the pattern takes. What it remembers is bounded. */
export function nameCheck(pattern: RegExp): (value: unknown) => value is string {
  const known = new Set<string>();
  return (value): value is string => {
    if (typeof value !== "string" || value.length > LONGEST_KEPT) return false;
    if (known.has(value)) return true;
    if (!pattern.test(value)) return false;
    if (known.size >= MOST_KNOWN) known.clear();
    known.add(value);
    return true;
  };
}
