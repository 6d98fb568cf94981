/** Owns the comparison of two objects as wholes: what each section is, in which group and order, and all that is in them. */
import type { ObjectFile } from "../../objects/model.js";
import type { BareNames } from "./bare-names.js";
import { compareAddressSignificance } from "./compare-address-significance.js";
import { compareContents } from "./compare-content.js";
import { compareSymbols } from "./compare-symbols.js";
import { compareTexts } from "./compare-texts.js";
import { type Comparison, differ, differOutside, newComparison } from "./comparison.js";
import { mark } from "./ledger.js";
import { type SectionPair, groupName } from "./pair-sections.js";
import { type ProofGroup, type ProofObject, proofObject } from "./proof-object.js";

/** Compares two relocatable objects. Throws `object-invalid` for files that are none. */
export function compareObjects(before: ObjectFile, after: ObjectFile, bare: BareNames): Comparison {
  const comparison = newComparison(proofObject(before, bare), proofObject(after, bare), bare);
  compareHeaders(comparison);
  compareSections(comparison);
  compareGroups(comparison);
  compareContents(comparison);
  compareTexts(comparison);
  compareAttributes(comparison);
  compareSymbols(comparison);
  compareAddressSignificance(comparison);
  return comparison;
}

function compareHeaders(comparison: Comparison): void {
  const { before, after } = comparison;
  for (const key of ["machine", "flags"] as const)
    if (before[key] !== after[key]) differOutside(comparison, "object", "", `${key} ${before[key]} became ${after[key]}`);
}

function compareSections(comparison: Comparison): void {
  const { onlyBefore, onlyAfter, moved } = comparison.sections;
  for (const section of onlyBefore) {
    mark(comparison.marks, "before", section.index, "different", section.size);
    differOutside(comparison, "section", section.name, `the section ${section.name} is gone, with its ${section.size} bytes`);
  }
  for (const section of onlyAfter) {
    mark(comparison.marks, "after", section.index, "different", section.size);
    differOutside(comparison, "section", section.name, `the section ${section.name} is new, with ${section.size} bytes`);
  }
  if (moved !== undefined)
    differ(comparison, "order", moved, { what: `the section ${moved.before.name} stands elsewhere among the sections` });
}

/** Last, since a text that grew explains a larger alignment. */
function compareAttributes(comparison: Comparison): void {
  for (const pair of comparison.sections.pairs) {
    const { before, after } = pair;
    const changes = [
      change("type", before.type, after.type),
      change("flags", before.flags, after.flags),
      change("entry size", before.entrySize, after.entrySize),
      alignmentChange(comparison, pair),
      linkChange(comparison, pair),
    ].filter((one) => one !== undefined);
    if (changes.length > 0) differ(comparison, "attributes", pair, { what: changes.join("; ") });
  }
}

function change(what: string, before: number, after: number): string | undefined {
  return before === after ? undefined : `${what} 0x${before.toString(16)} became 0x${after.toString(16)}`;
}

/** GCC aligns arrays of 16 and of 32 bytes and more by more: so does a longer text. */
function alignmentChange({ marks }: Comparison, { before, after }: SectionPair): string | undefined {
  const holdsText = marks.before.has(`${before.index}:nameStrings`);
  return holdsText && after.alignment > before.alignment ? undefined : change("alignment", before.alignment, after.alignment);
}

/** sh_link of sections that follow another one (SHF_LINK_ORDER). */
function linkChange({ before: { sections }, after: others }: Comparison, { before, after }: SectionPair): string | undefined {
  if (before.type === 1 && before.link === 0 && after.link === 0) return undefined;
  const [from, to] = [sections[before.link]?.bare, others.sections[after.link]?.bare];
  return from === to ? undefined : `linked section ${from ?? "none"} became ${to ?? "none"}`;
}

function compareGroups(comparison: Comparison): void {
  const left = groupWords(comparison.before);
  const right = groupWords(comparison.after);
  for (const [name, words] of left) {
    if (!right.has(name)) differOutside(comparison, "group", "", `the group ${name} is gone`);
    else if (right.get(name) !== words) differOutside(comparison, "group", "", `the group ${name} has other members or flags`);
  }
  for (const name of right.keys()) if (!left.has(name)) differOutside(comparison, "group", "", `the group ${name} is new`);
}

/** A group's flags and members in order; texts' sections are left out, since a longer text may go to another one. */
function groupWords(object: ProofObject): Map<string, string> {
  return new Map(object.groups.map((group) => [group.bare, `${group.flags}:${memberNames(object, group)}`]));
}

function memberNames(object: ProofObject, group: ProofGroup): string {
  const members = group.members.flatMap((member) => {
    const section = object.sections[member];
    return section === undefined || /\.str\d+\.\d+$/.test(section.name) ? [] : [`${section.bare}:${groupName(object, section)}`];
  });
  return members.join("\n");
}
