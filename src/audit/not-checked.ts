/** Owns the sentences on what an audit could not check, so that silence is not taken for proof. */
import type { Evidence } from "./evidence.js";
import { repeatSentences } from "./repeats.js";
import { bearsFlavor } from "./rules/unflavored.js";

export function notChecked(evidence: Evidence): string[] {
  const { flavors, layouts } = evidence;
  const repeats = flavors.flatMap((index) => repeatSentences(index.name, index.repeats));
  if (flavors.length === 1) return repeats;
  const plain = flavors.filter((index) => !bearsFlavor(evidence, index));
  return [
    ...repeats,
    ...withoutFlavor(plain.map(({ name }) => name)),
    ...layouts().flatMap(({ one, other, comparison }) => withoutDebug([one, other], comparison.withDebug)),
    ...layouts().flatMap(({ comparison }) => comparison.unread),
  ];
}

function withoutFlavor(names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const endings = names.map((name) => `_${name}`).join(", ");
  const all = names.length === 1 ? "it counts" : "they count";
  return [`names of ${names.join(" and ")} without the flavor: hardly a name ends with ${endings}, so ${all} as not isolated`];
}

function withoutDebug(names: readonly [string, string], withDebug: readonly [number, number]): string[] {
  const lacking = names.filter((_, index) => withDebug[index] === 0);
  return lacking.length === 0 ? [] : [`layouts of types: no object of ${lacking.join(" and ")} has debug information (build with -g)`];
}
