/** Owns the virtual functions that a class declares, and which of them only override one of a base. */
import { hasSlot } from "./abbreviations.js";
import { childrenOf } from "./children.js";
import { SLOT, TAG } from "./constants.js";
import { type Debug, deeper, stateOf } from "./debug.js";
import type { Entry } from "./entry.js";
import type { VirtualSlot } from "./layout.js";
import { isDefinition } from "./names.js";
import { referred } from "./references.js";
import { textOf } from "./texts.js";
import { throughTypedefs } from "./type-text.js";
import { expressionNumber, flagOf, numberOf } from "./values.js";

/** The virtual functions that the source declares: compilers tell implicit ones only where they are used. */
export function slotsOf(debug: Debug, children: readonly Entry[]): VirtualSlot[] {
  const own = children.filter(isVirtual);
  if (own.length === 0) return [];
  const inherited = inheritedSlots(debug, children);
  return own.map((child) => withOverride(slotOfFunction(debug, child), inherited));
}

function withOverride(slot: PlainSlot, inherited: ReadonlySet<string> | undefined): VirtualSlot {
  return { ...slot, overrides: inherited === undefined || inherited.has(keyOf(slot)) };
}

function isVirtual(child: Entry): boolean {
  return child.abbreviation.tag === TAG.subprogram && (numberOf(child, SLOT.virtuality) ?? 0) !== 0 && !flagOf(child, SLOT.artificial);
}

type PlainSlot = Omit<VirtualSlot, "overrides">;

function slotOfFunction(debug: Debug, child: Entry): PlainSlot {
  const name = textOf(debug.texts, child, SLOT.name) ?? "?";
  const symbol = textOf(debug.texts, child, SLOT.linkageName) ?? textOf(debug.texts, child, SLOT.mipsLinkageName) ?? null;
  const index = numberOf(child, SLOT.vtableElement) ?? expressionNumber(child, SLOT.vtableElement) ?? null;
  if (!name.startsWith("~")) return { name, symbol, index };
  // clang tells 0 for every destructor; GCC's mangled name of one (D4) is no symbol.
  return { name, symbol: null, index: index === 0 ? null : index };
}

/** An override takes the place of what it overrides; a destructor overrides any other. */
function keyOf({ name, index }: PlainSlot): string {
  return name.startsWith("~") ? "~" : `${index ?? ""} ${name}`;
}

/** What the bases declare, and theirs; undefined when the object only declares one of them. */
function inheritedSlots(debug: Debug, children: readonly Entry[]): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const child of children) {
    if (child.abbreviation.tag !== TAG.inheritance) continue;
    const slots = slotsOfBase(debug, throughTypedefs(debug, referred(debug.table, child, SLOT.type)));
    if (slots === undefined) return undefined;
    for (const slot of slots) all.add(slot);
  }
  return all;
}

function slotsOfBase(debug: Debug, told: Entry | undefined): ReadonlySet<string> | undefined {
  const signed = told !== undefined && hasSlot(told.abbreviation, SLOT.signature);
  const base = signed ? referred(debug.table, told, SLOT.signature) : told;
  if (base === undefined || !isDefinition(base)) return undefined;
  const { inherited } = stateOf(debug, base.unit);
  if (inherited.has(base.offset)) return inherited.get(base.offset);
  inherited.set(base.offset, undefined);
  const children = childrenOf(base, debug.budget);
  const above = deeper(debug, undefined, () => inheritedSlots(debug, children));
  const own = children.filter(isVirtual).map((child) => keyOf(slotOfFunction(debug, child)));
  // A destructor that is virtual without being declared is told as artificial, or not at all.
  const slots = above === undefined ? undefined : new Set([...above, ...own]);
  inherited.set(base.offset, slots);
  return slots;
}
