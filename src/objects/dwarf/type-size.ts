/** Owns the size of a type in bytes. */
import { hasSlot } from "./abbreviations.js";
import { childrenOf } from "./children.js";
import { SLOT, TAG } from "./constants.js";
import { type Debug, deeper } from "./debug.js";
import type { Entry } from "./entry.js";
import { referred } from "./references.js";
import { countOf } from "./type-text.js";
import { numberOf } from "./values.js";

/** Undefined where the object does not say, as for a type that is only declared. */
export function typeSize(debug: Debug, entry: Entry | undefined): number | undefined {
  if (entry === undefined) return undefined;
  return numberOf(entry, SLOT.byteSize) ?? deeper(debug, undefined, () => impliedSize(debug, entry));
}

function impliedSize(debug: Debug, entry: Entry): number | undefined {
  const { abbreviation, unit } = entry;
  switch (abbreviation.tag) {
    case TAG.pointerType:
    case TAG.referenceType:
    case TAG.rvalueReferenceType:
      return unit.addressSize;
    case TAG.ptrToMemberType: {
      const to = referred(debug.table, entry, SLOT.type);
      return to?.abbreviation.tag === TAG.subroutineType ? 2 * unit.addressSize : unit.addressSize;
    }
    case TAG.arrayType:
      return arraySize(debug, entry);
    case TAG.unspecifiedType:
      return unit.addressSize;
    default:
      return targetSize(debug, entry);
  }
}

/** Of a typedef or a qualified type, or of a declaration whose definition lies in a type unit. */
function targetSize(debug: Debug, entry: Entry): number | undefined {
  const slot = hasSlot(entry.abbreviation, SLOT.signature) ? SLOT.signature : SLOT.type;
  return typeSize(debug, referred(debug.table, entry, slot));
}

function arraySize(debug: Debug, entry: Entry): number | undefined {
  let size = typeSize(debug, referred(debug.table, entry, SLOT.type));
  for (const range of childrenOf(entry, debug.budget)) {
    if (range.abbreviation.tag !== TAG.subrangeType) continue;
    const count = countOf(range);
    size = size === undefined || count === undefined ? undefined : size * count;
  }
  return size;
}
