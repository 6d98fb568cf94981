/** Owns the members of a class: where each lies, those of unnamed classes and unions among them. */
import { spend } from "./budget.js";
import { childrenOf } from "./children.js";
import { SLOT, TAG } from "./constants.js";
import type { Debug } from "./debug.js";
import type { Entry } from "./entry.js";
import type { MemberLayout } from "./layout.js";
import { namelessType } from "./names.js";
import { referred } from "./references.js";
import { textOf } from "./texts.js";
import { typeSize } from "./type-size.js";
import { typeText } from "./type-text.js";
import { expressionNumber, flagOf, numberOf, wholeOf } from "./values.js";

/** Unnamed classes in unnamed classes, deeper than any source has them. */
const DEEPEST = 12;

const LONGEST = 4096;

/** What a member of an unnamed class costs: it may be told again for each member of that type. */
const NESTED = 16;

const CLASSES = new Set<number>([TAG.classType, TAG.structureType, TAG.unionType]);

interface Place {
  /** In bytes, from the start of the outer class. */
  readonly offset: number;
  readonly prefix: string;
  readonly depth: number;
}

/** The members that take place in an object of the class; without static ones and without pointers to vtables. */
export function membersOf(debug: Debug, children: readonly Entry[]): MemberLayout[] {
  const members: MemberLayout[] = [];
  addMembers(debug, children, { offset: 0, prefix: "", depth: 0 }, members);
  return members;
}

function addMembers(debug: Debug, children: readonly Entry[], place: Place, members: MemberLayout[]): void {
  for (const child of children) {
    if (child.abbreviation.tag === TAG.member && takesPlace(child)) addMember(debug, child, place, members);
  }
}

function takesPlace(member: Entry): boolean {
  return !flagOf(member, SLOT.artificial) && !flagOf(member, SLOT.external) && !flagOf(member, SLOT.declaration);
}

function addMember(debug: Debug, member: Entry, place: Place, members: MemberLayout[]): void {
  if (place.depth > 0) spend(debug.budget, NESTED, member.unit.source, member.offset);
  const own = textOf(debug.texts, member, SLOT.name) ?? "";
  const name = place.prefix + own;
  const type = referred(debug.table, member, SLOT.type);
  const bits = numberOf(member, SLOT.bitSize);
  const offset = place.offset + byteOffset(member);
  const text = typeText(debug, type);
  if (bits === undefined) members.push({ name, type: text, unit: "byte", offset, size: typeSize(debug, type) ?? null });
  else members.push({ name, type: text, unit: "bit", offset: place.offset * 8 + bitOffset(debug, member, bits), size: bits });
  if (type === undefined || place.depth === DEEPEST || !CLASSES.has(type.abbreviation.tag)) return;
  const nameless = namelessType(debug, type);
  if (nameless === undefined || name.length > LONGEST) return;
  const prefix = own === "" ? place.prefix : `${name}.`;
  addMembers(debug, childrenOf(nameless, debug.budget), { offset, prefix, depth: place.depth + 1 }, members);
}

/** The offset in bytes of a member or a base; those of unions have none. */
export function byteOffset(entry: Entry): number {
  const bits = numberOf(entry, SLOT.dataBitOffset);
  if (bits !== undefined) return Math.floor(bits / 8);
  return numberOf(entry, SLOT.memberLocation) ?? expressionNumber(entry, SLOT.memberLocation) ?? 0;
}

/**
 * The offset in bits of a bit-field. DW_AT_bit_offset of DWARF 2 to 4 counts from the most significant bit of the storage
 * unit, which on little-endian machines is the last.
 */
function bitOffset(debug: Debug, member: Entry, bits: number): number {
  const direct = numberOf(member, SLOT.dataBitOffset);
  if (direct !== undefined) return direct;
  const start = (numberOf(member, SLOT.memberLocation) ?? 0) * 8;
  const fromTop = signedNumber(member, SLOT.bitOffset);
  if (fromTop === undefined) return start;
  if (!member.unit.source.little) return start + fromTop;
  const storage = numberOf(member, SLOT.byteSize) ?? typeSize(debug, referred(debug.table, member, SLOT.type)) ?? 0;
  return start + storage * 8 - fromTop - bits;
}

/** clang tells the offset of a bit-field that lies across the end of its storage unit as a negative number of 64 bits. */
function signedNumber(member: Entry, slot: number): number | undefined {
  const whole = wholeOf(member, slot);
  return whole === undefined ? undefined : Number(BigInt.asIntN(64, whole));
}
