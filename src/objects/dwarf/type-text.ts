/** Owns the text of a type, with typedefs followed, so that a change of their names alone is no difference. */
import { spend } from "./budget.js";
import { childrenOf } from "./children.js";
import { SLOT, TAG } from "./constants.js";
import { type Debug, type Spelling, deeper, stateOf } from "./debug.js";
import type { Entry } from "./entry.js";
import { labelOf, namelessType, reachesOut, unnamedText } from "./names.js";
import { referred } from "./references.js";
import { sameBase } from "./spelling.js";
import { textOf } from "./texts.js";
import { flagOf, wholeOf } from "./values.js";

const LONGEST = 8192;
const VOID: Spelling = { before: "void", after: "" };
const TOO_DEEP: Spelling = { before: "(deep)", after: "" };

/** The text of a type; no entry means void. */
export function typeText(debug: Debug, entry: Entry | undefined): string {
  const { before, after } = spell(debug, entry);
  return before + after;
}

function spell(debug: Debug, entry: Entry | undefined): Spelling {
  if (entry === undefined) return VOID;
  const { spellings } = stateOf(debug, entry.unit);
  const known = spellings.get(entry.offset);
  if (known !== undefined) return known;
  const made = deeper(debug, TOO_DEEP, () => make(debug, entry));
  const short =
    made.before.length + made.after.length > LONGEST ? { before: `${(made.before + made.after).slice(0, LONGEST)}…`, after: "" } : made;
  spend(debug.budget, short.before.length + short.after.length, entry.unit.source, entry.offset);
  spellings.set(entry.offset, short);
  return short;
}

function make(debug: Debug, entry: Entry): Spelling {
  switch (entry.abbreviation.tag) {
    case TAG.baseType:
    case TAG.unspecifiedType:
      return { before: sameBase(textOf(debug.texts, entry, SLOT.name) ?? "?"), after: "" };
    case TAG.pointerType:
      return pointing(debug, entry, "*");
    case TAG.referenceType:
      return pointing(debug, entry, "&");
    case TAG.rvalueReferenceType:
      return pointing(debug, entry, "&&");
    case TAG.ptrToMemberType:
      return pointing(debug, entry, `${typeText(debug, referred(debug.table, entry, SLOT.containingType))}::*`);
    case TAG.constType:
      return qualified(debug, entry, "const");
    case TAG.volatileType:
      return qualified(debug, entry, "volatile");
    case TAG.atomicType:
      return qualified(debug, entry, "_Atomic");
    case TAG.restrictType:
      return target(debug, entry);
    default:
      return makeOther(debug, entry);
  }
}

function makeOther(debug: Debug, entry: Entry): Spelling {
  switch (entry.abbreviation.tag) {
    case TAG.typedef:
    case TAG.templateAlias:
      return typedefTarget(debug, entry);
    case TAG.arrayType: {
      const { before, after } = target(debug, entry);
      return { before, after: bounds(debug, entry) + after };
    }
    case TAG.subroutineType: {
      const { before, after } = target(debug, entry);
      return { before, after: `(${parameters(debug, entry).join(", ")})${after}` };
    }
    default:
      return { before: unnamedText(debug, entry), after: "" };
  }
}

function target(debug: Debug, entry: Entry): Spelling {
  return spell(debug, referred(debug.table, entry, SLOT.type));
}

/** A typedef of an unnamed type names it. */
function typedefTarget(debug: Debug, entry: Entry): Spelling {
  const to = referred(debug.table, entry, SLOT.type);
  const nameless = to === undefined ? undefined : namelessType(debug, to);
  if (nameless === undefined) return spell(debug, to);
  const label = labelOf(debug, nameless);
  return { before: reachesOut(label) ? label : labelOf(debug, entry), after: "" };
}

const DEEPEST = 32;

/** The type that typedefs lead to. */
export function throughTypedefs(debug: Debug, entry: Entry | undefined): Entry | undefined {
  let found = entry;
  for (let depth = 0; depth < DEEPEST && found !== undefined && TYPEDEFS.has(found.abbreviation.tag); depth++) {
    found = referred(debug.table, found, SLOT.type);
  }
  return found;
}

const TYPEDEFS = new Set<number>([TAG.typedef, TAG.templateAlias]);
function pointing(debug: Debug, entry: Entry, mark: string): Spelling {
  const to = referred(debug.table, entry, SLOT.type);
  const { before, after } = spell(debug, to);
  if (after.startsWith("[") || after.startsWith("(")) return { before: `${before} (${mark}`, after: `)${after}` };
  return { before: mark.length > 2 ? `${before} ${mark}` : before + mark, after };
}

/** `const` in front of `volatile`, whichever the compiler tells first; behind the mark of a pointer, else in front. */
function qualified(debug: Debug, entry: Entry, word: string): Spelling {
  const { before, after } = target(debug, entry);
  if (/[*&](?: (?:const|volatile|_Atomic))*$/.test(before)) {
    const text = before.endsWith(" volatile") && word === "const" ? `${before.slice(0, -9)} const volatile` : `${before} ${word}`;
    return { before: text, after };
  }
  return { before: before.startsWith("const ") ? `const ${word} ${before.slice(6)}` : `${word} ${before}`, after };
}

function bounds(debug: Debug, entry: Entry): string {
  const ranges = childrenOf(entry, debug.budget).filter(({ abbreviation }) => abbreviation.tag === TAG.subrangeType);
  return ranges.length === 0 ? "[]" : ranges.map((range) => `[${countOf(range) ?? ""}]`).join("");
}

/** The number of elements of one dimension; undefined when it is not fixed. */
export function countOf(range: Entry): number | undefined {
  const count = wholeOf(range, SLOT.count);
  if (count !== undefined) return Number(count);
  const last = wholeOf(range, SLOT.upperBound);
  return last === undefined ? undefined : Number(BigInt.asIntN(64, last)) + 1;
}

function parameters(debug: Debug, entry: Entry): string[] {
  return childrenOf(entry, debug.budget).flatMap((child) => {
    if (child.abbreviation.tag === TAG.unspecifiedParameters) return ["..."];
    if (child.abbreviation.tag !== TAG.formalParameter || flagOf(child, SLOT.artificial)) return [];
    return [typeText(debug, referred(debug.table, child, SLOT.type))];
  });
}
