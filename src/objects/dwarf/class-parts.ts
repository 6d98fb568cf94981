/** Owns the base classes of a class and the enumerators of an enumeration. */
import { SLOT, TAG } from "./constants.js";
import type { Debug } from "./debug.js";
import type { Entry } from "./entry.js";
import type { BaseLayout, Enumerator } from "./layout.js";
import { byteOffset } from "./members.js";
import { referred } from "./references.js";
import { textOf } from "./texts.js";
import { typeText } from "./type-text.js";
import { expressionNumber, numberOf, wanted, wholeOf } from "./values.js";

export function basesOf(debug: Debug, children: readonly Entry[]): BaseLayout[] {
  return children.flatMap((child) => {
    if (child.abbreviation.tag !== TAG.inheritance) return [];
    const name = typeText(debug, referred(debug.table, child, SLOT.type));
    const virtual = (numberOf(child, SLOT.virtuality) ?? 0) !== 0;
    const offset = virtual ? (expressionNumber(child, SLOT.memberLocation) ?? null) : byteOffset(child);
    return [{ name, virtual, offset }];
  });
}

export function enumeratorsOf(debug: Debug, children: readonly Entry[]): Enumerator[] {
  return children.flatMap((child) => {
    if (child.abbreviation.tag !== TAG.enumerator) return [];
    const name = textOf(debug.texts, child, SLOT.name) ?? "?";
    return [{ name, value: wanted(wholeOf(child, SLOT.constValue), child, "DW_AT_const_value").toString() }];
  });
}
