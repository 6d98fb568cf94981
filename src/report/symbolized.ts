/** Owns a symbolized text for people: the column of flavors beside each line, and the sums behind it. */
import type { Symbolized } from "../model/symbolized.js";
import { plural } from "./figures.js";

/** So many stacks are told one by one. */
const MOST_STACKS = 20;

/** Flavors of a line, as wide as the widest: `legacy`, `both`, or nothing. */
export function flavorColumn(flavors: readonly string[]): (ofLine: readonly string[]) => string {
  const width = Math.max(BOTH.length, ...flavors.map((flavor) => flavor.length));
  return (ofLine) => `${(ofLine.length > 1 ? BOTH : (ofLine[0] ?? "")).padEnd(width)} `;
}

const BOTH = "both";

/** What the text is of: a line per flavor, and one per stack where they differ. */
export function symbolizedSummary({ flavors, stacks }: Pick<Symbolized, "flavors" | "stacks">): string[] {
  const seen = flavors.filter(({ lines }) => lines > 0);
  if (seen.length === 0) return [`no name of a flavor was found (${flavors.map(({ name }) => `…_${name}`).join(", ")})`];
  const sums = seen.map(({ name, release, lines }) => `${name}${release === null ? "" : ` (${release})`}: ${plural(lines, "line")}`);
  const shown = stacks.length > 1 ? stacks.slice(0, MOST_STACKS) : [];
  const each = shown.map(({ firstLine, lastLine, flavors: own }) => {
    const parts = own.map(({ flavor, lines }) => `${flavor} in ${plural(lines, "line")}`);
    return `lines ${firstLine} to ${lastLine}: ${parts.join(", then ")}`;
  });
  const left = stacks.length - MOST_STACKS;
  return [sums.join(", "), ...each, ...(left > 0 ? [`and ${plural(left, "further stack")}`] : [])];
}
