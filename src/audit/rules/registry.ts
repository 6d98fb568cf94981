/** Owns the rule for keys that both flavors register in one place: no symbol clashes, and the second registration fails, wins or is lost. */
import { type Key, keysByName } from "../keys-by-name.js";
import { keysAtStart } from "../keys-at-start.js";
import { keysBySection } from "../keys-by-section.js";
import type { Found, Rule } from "../rule.js";

export const registry: Rule = {
  category: "registry",
  find(evidence) {
    const keys = evidence.flavors
      .flatMap((_, index) => [...keysByName(evidence, index), ...keysAtStart(evidence, index)])
      .concat(keysBySection(evidence));
    const byKey = new Map<string, Key[]>();
    for (const key of keys) byKey.set(key.key, [...(byKey.get(key.key) ?? []), key]);
    return [...byKey.values()].flatMap((same) => (new Set(same.map(({ place }) => place.flavor)).size > 1 ? [clash(same)] : []));
  },
};

function clash(same: readonly Key[]): Found {
  const [first] = same as [Key, ...Key[]];
  const { key, shown, why, fix, severity } = first;
  return { symbol: key, shown, places: same.map(({ place }) => place), why, fix, ...(severity === undefined ? {} : { severity }) };
}
