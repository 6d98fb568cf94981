/** Owns abbreviation tables: per code the tag and where each attribute lies (DWARF 5, section 7.5.3). */
import { type Budget, spend } from "./budget.js";
import { FORM, SLOT, SLOT_COUNT, TAG, slotOf } from "./constants.js";
import { type Bytes, type Cursor, cursorAt, readLeb, readU8, readUleb, refuseAt } from "./cursor.js";
import { type FormWidths, fixedSize } from "./forms.js";

/** What the search for types does with an entry. */
export const ROLE_OTHER = 0;
/** A namespace, class, struct or union, or the unit itself: it is noted and its children are looked at. */
export const ROLE_SCOPE = 1;
/** An enumeration or a typedef: it is noted. */
export const ROLE_LEAF = 2;
/** An argument of a template. */
export const ROLE_ARGUMENT = 3;

export interface Abbreviation {
  readonly tag: number;
  readonly role: number;
  readonly children: boolean;
  readonly forms: Uint16Array;
  /** Per attribute its slot, or -1. */
  readonly slots: Int8Array;
  /** Per slot its form, 0 where the attribute is absent. */
  readonly formOfSlot: Uint16Array;
  /** Per slot the distance from the first attribute; only where `size` is not -1. */
  readonly distance: Int32Array;
  /** Per slot the value of DW_FORM_implicit_const. */
  readonly constants: ReadonlyMap<number, bigint> | undefined;
  /** The length of all attributes, or -1 when it differs from entry to entry. */
  readonly size: number;
  /** How to pass over all attributes: a length, or minus the form of a value that tells its own. */
  readonly steps: Int32Array;
}

export type Abbreviations = readonly (Abbreviation | undefined)[];

const LARGEST_CODE = 1 << 20;
/** More attributes than any compiler gives one entry. */
const MOST_ATTRIBUTES = 256;

const ROLES: ReadonlyMap<number, number> = new Map<number, number>([
  ...[TAG.compileUnit, TAG.partialUnit, TAG.typeUnit, TAG.skeletonUnit, TAG.namespace].map((tag) => [tag, ROLE_SCOPE] as const),
  ...[TAG.classType, TAG.structureType, TAG.unionType, TAG.interfaceType].map((tag) => [tag, ROLE_SCOPE] as const),
  ...[TAG.enumerationType, TAG.typedef, TAG.templateAlias].map((tag) => [tag, ROLE_LEAF] as const),
  ...[TAG.templateType, TAG.templateValue, TAG.gnuTemplateTemplate, TAG.gnuTemplatePack].map((tag) => [tag, ROLE_ARGUMENT] as const),
]);

/** The table at an offset of `.debug_abbrev`. */
export function readAbbreviations(source: Bytes, offset: number, widths: FormWidths, budget: Budget): Abbreviations {
  if (offset >= source.bytes.length) refuseAt(source, "debug_abbrev_offset", offset, `the section ends at ${source.bytes.length}`);
  const cursor = cursorAt(source, offset);
  const table: (Abbreviation | undefined)[] = [];
  for (;;) {
    const at = cursor.at;
    const code = readUleb(cursor, "abbreviation code");
    if (code === 0) return table;
    if (code > LARGEST_CODE) refuseAt(source, "abbreviation code", at, `${code} is beyond ${LARGEST_CODE}`);
    if (table[code] !== undefined) refuseAt(source, "abbreviation code", at, `${code} is defined twice`);
    while (table.length < code) table.push(undefined);
    table[code] = readAbbreviation(cursor, widths);
    spend(budget, cursor.at - at, source, at);
  }
}

interface Draft {
  readonly forms: number[];
  readonly slots: number[];
  readonly formOfSlot: Uint16Array;
  readonly constants: Map<number, bigint>;
}

function readAbbreviation(cursor: Cursor, widths: FormWidths): Abbreviation {
  const tag = readUleb(cursor, "tag");
  const children = readU8(cursor, "DW_CHILDREN") !== 0;
  const draft: Draft = { forms: [], slots: [], formOfSlot: new Uint16Array(SLOT_COUNT), constants: new Map() };
  while (readAttribute(cursor, draft, widths));
  const { forms, slots, formOfSlot, constants } = draft;
  return {
    tag,
    role: ROLES.get(tag) ?? ROLE_OTHER,
    children,
    forms: Uint16Array.from(forms),
    slots: Int8Array.from(slots),
    formOfSlot,
    constants: constants.size === 0 ? undefined : constants,
    ...measure(draft, widths),
  };
}

function readAttribute(cursor: Cursor, draft: Draft, widths: FormWidths): boolean {
  const { at, source } = cursor;
  const attribute = readUleb(cursor, "attribute name");
  const form = readUleb(cursor, "attribute form");
  if (attribute === 0 && form === 0) return false;
  if (draft.forms.length === MOST_ATTRIBUTES) refuseAt(source, "abbreviation", at, `it has more than ${MOST_ATTRIBUTES} attributes`);
  if (fixedSize(form, widths) === -2) refuseAt(source, "attribute form", at, `form 0x${form.toString(16)} is not known`);
  const value = form === FORM.implicitConst ? readLeb(cursor, true, "DW_FORM_implicit_const") : undefined;
  const slot = slotOf(attribute);
  const first = slot >= 0 && draft.formOfSlot[slot] === 0;
  draft.forms.push(form);
  draft.slots.push(first ? slot : -1);
  if (first) draft.formOfSlot[slot] = form;
  if (first && value !== undefined) draft.constants.set(slot, value);
  return true;
}

function measure({ forms, slots }: Draft, widths: FormWidths): Pick<Abbreviation, "size" | "steps" | "distance"> {
  const distance = new Int32Array(SLOT_COUNT);
  const steps: number[] = [];
  let run = 0;
  for (const [index, form] of forms.entries()) {
    const slot = slots[index] ?? -1;
    if (slot >= 0) distance[slot] = run;
    const size = fixedSize(form, widths);
    if (size >= 0) run += size;
    else {
      if (run > 0) steps.push(run);
      steps.push(-form);
      run = 0;
    }
  }
  if (run > 0) steps.push(run);
  return { size: steps.some((step) => step < 0) ? -1 : run, steps: Int32Array.from(steps), distance };
}

/** Whether an attribute is there at all. */
export function hasSlot(abbreviation: Abbreviation, slot: number): boolean {
  return abbreviation.formOfSlot[slot] !== 0;
}

/** Whether the entry says where its next sibling is. */
export function hasSibling(abbreviation: Abbreviation): boolean {
  return hasSlot(abbreviation, SLOT.sibling);
}
