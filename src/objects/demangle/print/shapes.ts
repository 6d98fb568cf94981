/** Owns the shape of a type while it is printed: which it is may depend on the element of a pack. */
import { FORWARD, PACK, POINTER, QUALIFIED, MEMBER_POINTER, REFERENCE } from "../kinds.js";
import { DEPENDS, HAS_RIGHT, IS_ARRAY, IS_FUNCTION, itemOf, kindOf, lengthOf, shapeOf } from "../tree.js";
import { of } from "./dispatch.js";
import { NO_PACK, type Printer, visit } from "./printer.js";

export function hasRight(o: Printer, at: number): boolean {
  return has(o, at, HAS_RIGHT);
}

export function isArray(o: Printer, at: number): boolean {
  return has(o, at, IS_ARRAY);
}

export function isArrayOrFunction(o: Printer, at: number): boolean {
  return has(o, at, IS_ARRAY) || has(o, at, IS_FUNCTION);
}

function has(o: Printer, at: number, shape: number): boolean {
  const known = shapeOf(o.tree, at);
  return (known & DEPENDS) === 0 ? (known & shape) !== 0 : hasDepending(o, at, shape);
}

function hasDepending(o: Printer, at: number, shape: number): boolean {
  const inner = shapedBy(o, at, shape);
  if (inner === 0) return false;
  visit(o);
  const found = has(o, inner, shape);
  o.depth--;
  return found;
}

/** The node that a node has its shape from; 0 for none. */
function shapedBy(o: Printer, at: number, shape: number): number {
  switch (kindOf(o.tree, at)) {
    case PACK:
      return elementOf(o, at);
    case FORWARD:
      return of(o, at, 2);
    case QUALIFIED:
      return of(o, at, 1);
    case POINTER:
    case REFERENCE:
      return shape === HAS_RIGHT ? of(o, at, 1) : 0;
    case MEMBER_POINTER:
      return shape === HAS_RIGHT ? of(o, at, 2) : 0;
    default:
      return 0;
  }
}

/** The element of a pack that is printed now; 0 behind its end. Outside an expansion it is the first. */
export function elementOf(o: Printer, at: number): number {
  const list = of(o, at, 1);
  const count = lengthOf(o.tree, list);
  if (o.packSize === NO_PACK) {
    o.packSize = count;
    o.packIndex = 0;
  }
  return o.packIndex < count ? itemOf(o.tree, list, o.packIndex) : 0;
}

/** The type behind packs and forward references. */
export function actual(o: Printer, at: number): number {
  let found = at;
  for (let step = 0; step < 64; step++) {
    const kind = kindOf(o.tree, found);
    const inner = kind === PACK ? elementOf(o, found) : kind === FORWARD ? of(o, found, 2) : 0;
    if (inner === 0) return found;
    found = inner;
  }
  return found;
}
