/** Owns the search for names that a pattern with `*` matches, among many names and for many patterns. */
import { byText } from "../../support/order.js";

/** A name that a pattern matches, or undefined; the same one for the same names. */
export type PatternSearch = (pattern: string) => string | undefined;

/** The names in an order, each with the key that it is found by. */
interface Ordered {
  readonly keys: readonly string[];
  readonly names: readonly string[];
}

/** A search that looks only at the names which share the longer of the pattern's two ends. */
export function patternSearch(names: Iterable<string>): PatternSearch {
  const all = [...names];
  let byHead: Ordered | undefined;
  let byTail: Ordered | undefined;
  return (pattern) => {
    const parts = pattern.split("*");
    const [head, tail] = [parts[0] as string, parts.at(-1) as string];
    if (parts.length === 1) return all.includes(pattern) ? pattern : undefined;
    if (head.length >= tail.length) return firstMatch((byHead ??= ordered(all, (name) => name)), head, parts);
    return firstMatch((byTail ??= ordered(all, backwards)), backwards(tail), parts);
  };
}

function firstMatch({ keys, names }: Ordered, start: string, parts: readonly string[]): string | undefined {
  for (let at = firstFrom(keys, start); at < keys.length && (keys[at] as string).startsWith(start); at++) {
    const name = names[at] as string;
    if (matchesParts(name, parts)) return name;
  }
  return undefined;
}

/** Whether the name is the parts with anything between them. */
export function matchesParts(name: string, parts: readonly string[]): boolean {
  const [head, tail] = [parts[0] as string, parts.at(-1) as string];
  if (parts.length === 1) return name === head;
  const end = name.length - tail.length;
  if (!name.startsWith(head) || !name.endsWith(tail) || end < head.length) return false;
  let at = head.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

function ordered(names: readonly string[], keyOf: (name: string) => string): Ordered {
  const pairs = names.map((name) => [keyOf(name), name] as const).toSorted(([a], [b]) => byText(a, b));
  return { keys: pairs.map(([key]) => key), names: pairs.map(([, name]) => name) };
}

function backwards(text: string): string {
  let out = "";
  for (let i = text.length - 1; i >= 0; i--) out += text[i] as string;
  return out;
}

/** Index of the first key of a sorted list that is not before `start`. */
function firstFrom(keys: readonly string[], start: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
