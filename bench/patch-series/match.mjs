/** Finds, for each patch of a series, the one that people carried on to the next release. */
import { difference, likeness } from "./lines.mjs";

/**
 * Pairs by key (a subject, a file name, a revision), the most alike first; then by likeness of lines where a file is the
 * same. `inBase`: people's patches that could not be taken off the new base. Each of people's patches is given once. What is left is `joined` when half of its lines are in one that is given already.
 */
export function matchPeople(series, people, inBase = []) {
  const pairs = new Map();
  const taken = new Set();
  give(pairs, taken, candidates(series, people, shareKey), "key");
  for (const patch of open(series, pairs)) {
    const other = inBase.find((one) => shareKey(patch, one));
    if (other !== undefined) pairs.set(patch, { other, by: "base" });
  }
  const alike = candidates(open(series, pairs), people, sharePath).filter(({ score }) => score >= 0.5);
  give(pairs, taken, alike, "lines");
  for (const patch of open(series, pairs)) {
    const other = people.find((one) => taken.has(one) && shareKey(patch, one) && isMostlyIn(patch, one));
    if (other !== undefined) pairs.set(patch, { other, by: "joined" });
  }
  return pairs;
}

function candidates(series, people, fits) {
  const all = series.flatMap((patch) =>
    people.filter((other) => fits(patch, other)).map((other) => ({ patch, other, score: likeness(patch.lines, other.lines) })),
  );
  return all.toSorted((a, b) => b.score - a.score);
}

function give(pairs, taken, wanted, by) {
  for (const { patch, other } of wanted) {
    if (pairs.has(patch) || taken.has(other)) continue;
    pairs.set(patch, { other, by });
    taken.add(other);
  }
}

function open(series, pairs) {
  return series.filter((patch) => !pairs.has(patch));
}

function isMostlyIn(patch, other) {
  return patch.lines.length > 0 && difference(patch.lines, other.lines).onlyA.length * 2 <= patch.lines.length;
}

function shareKey(a, b) {
  return a.keys.some((key) => b.keys.includes(key));
}

function sharePath(a, b) {
  return a.paths.some((path) => b.paths.includes(path));
}
