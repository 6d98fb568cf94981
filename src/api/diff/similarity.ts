/** Owns how alike two names are, by the words they are made of. */
import { editDistance } from "../../support/nearest.js";

/** 1 for the same words in any spelling (`FirstChild`, `first_child`), 0 for nothing in common. */
export function nameLikeness(a: string, b: string): number {
  const [one, other] = [wordsOf(a), wordsOf(b)];
  if (one.length === 0 || other.length === 0) return 0;
  const rest = [...other];
  let shared = 0;
  for (const word of one) {
    const at = rest.indexOf(word);
    if (at === -1) continue;
    shared += word.length;
    rest.splice(at, 1);
  }
  const total = one.join("").length + other.join("").length;
  const [x, y] = [one.join(""), other.join("")];
  const spelling = 1 - editDistance(x, y) / Math.max(x.length, y.length);
  return Math.max((2 * shared) / total, spelling);
}

/** `kMaxFrameSize2` → max, frame, size, 2. */
function wordsOf(name: string): string[] {
  return (name.replace(/^k(?=[A-Z])/, "").match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

/** Share of what either list has that both have (Jaccard's index); 0 for two empty ones. */
export function overlap(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [new Set(a), new Set(b)];
  const shared = [...one].filter((each) => other.has(each)).length;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}
