/** Owns which section of one side belongs to which of the other: same bare name, same group, in order. */
import type { ProofObject, ProofSection } from "./proof-object.js";
import { sectionKind } from "./section-kinds.js";

export interface SectionPair {
  readonly before: ProofSection;
  readonly after: ProofSection;
}

export interface SectionPairing {
  readonly pairs: readonly SectionPair[];
  /** By the section's index on the `before` side. */
  readonly ofBefore: ReadonlyMap<number, SectionPair>;
  readonly ofAfter: ReadonlyMap<number, SectionPair>;
  readonly onlyBefore: readonly ProofSection[];
  readonly onlyAfter: readonly ProofSection[];
  /** The first pair that stands in another order than on the other side: order decides what runs and lies first. */
  readonly moved: SectionPair | undefined;
}

/** Pairs the sections with content; mergeable strings and the format's own tables are compared otherwise. */
export function pairSections(before: ProofObject, after: ProofObject): SectionPairing {
  const left = keyed(before);
  const right = new Map(keyed(after).map(({ key, section }) => [key, section]));
  const pairs: SectionPair[] = [];
  const onlyBefore: ProofSection[] = [];
  for (const { key, section } of left) {
    const other = right.get(key);
    if (other === undefined) onlyBefore.push(section);
    else pairs.push({ before: section, after: other });
    right.delete(key);
  }
  const moved = pairs.find((pair, index) => index > 0 && pair.after.index < (pairs[index - 1]?.after.index ?? 0));
  return {
    pairs,
    ofBefore: new Map(pairs.map((pair) => [pair.before.index, pair])),
    ofAfter: new Map(pairs.map((pair) => [pair.after.index, pair])),
    onlyBefore,
    onlyAfter: [...right.values()],
    moved,
  };
}

function keyed(object: ProofObject): { key: string; section: ProofSection }[] {
  const seen = new Map<string, number>();
  return object.sections
    .filter((section) => sectionKind(section) === "content")
    .map((section) => {
      const base = `${section.bare}\0${groupName(object, section)}`;
      const nth = seen.get(base) ?? 0;
      seen.set(base, nth + 1);
      return { key: `${base}\0${nth}`, section };
    });
}

/** The bare signature of a section's group, or "". */
export function groupName(object: ProofObject, section: ProofSection): string {
  return object.groups[section.group]?.bare ?? "";
}
