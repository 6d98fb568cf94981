/** Owns the comparison of both flavors' type layouts: types of one name of which no layout of one is one of the other. */
import { isDeepStrictEqual } from "node:util";

import type { TypeLayout } from "../objects/dwarf/layout.js";
import { typeLayouts } from "../objects/dwarf/type-layouts.js";
import type { ObjectFile } from "../objects/model.js";
import { placeName } from "../objects/view.js";
import { byText } from "../support/order.js";
import { layoutDifferences } from "./layout-words.js";

export interface LayoutClash {
  readonly name: string;
  /** The two layouts that are most alike. */
  readonly a: TypeLayout;
  readonly b: TypeLayout;
  readonly differences: readonly string[];
}

/** The different layouts of each name. */
type LayoutSets = Map<string, TypeLayout[]>;

/** By name: types of which no layout of the first equals one of the second. Differences inside one of them do not count. */
export function layoutClashes(first: Iterable<TypeLayout>, second: Iterable<TypeLayout>): LayoutClash[] {
  return clashesOf(setsOf(first), setsOf(second));
}

function setsOf(layouts: Iterable<TypeLayout>): LayoutSets {
  const sets: LayoutSets = new Map();
  for (const layout of layouts) addLayout(sets, layout);
  return sets;
}

function addLayout(sets: LayoutSets, layout: TypeLayout): void {
  const known = sets.get(layout.name);
  if (known === undefined) sets.set(layout.name, [layout]);
  else if (!known.some((other) => isSame(other, layout))) known.push(layout);
}

function isSame(one: TypeLayout, other: TypeLayout): boolean {
  return isDeepStrictEqual({ ...one, place: null }, { ...other, place: null });
}

function clashesOf(first: LayoutSets, second: LayoutSets): LayoutClash[] {
  const clashes = [...first].flatMap(([name, layouts]) => {
    const clash = clashOf(name, layouts, second.get(name) ?? []);
    return clash === undefined ? [] : [clash];
  });
  return clashes.toSorted((one, other) => byText(one.name, other.name));
}

/** The closest pair, or undefined when a pair agrees. */
function clashOf(name: string, first: readonly TypeLayout[], second: readonly TypeLayout[]): LayoutClash | undefined {
  let closest: LayoutClash | undefined;
  for (const a of first) {
    for (const b of second) {
      const differences = layoutDifferences(a, b);
      if (differences.length === 0) return undefined;
      if (closest === undefined || differences.length < closest.differences.length) closest = { name, a, b, differences };
    }
  }
  return closest;
}

/** The objects of a flavor, from the start each time it is called. */
export type Objects = () => Iterable<ObjectFile>;

export interface LayoutComparison {
  readonly clashes: readonly LayoutClash[];
  /** Types that both have. */
  readonly compared: number;
  /** Objects with debug information, of each. */
  readonly withDebug: readonly [number, number];
  /** What was not read, one sentence each, in order of the objects. */
  readonly unread: readonly string[];
}

/**
 * Compares the types of two flavors without holding all of them: one layout of each name first, and all layouts only of
 * names whose first ones differ. Throws `object-invalid`.
 */
export function compareLayouts(first: Objects, second: Objects): LayoutComparison {
  const unread = new Set<string>();
  const [one, oneDebug] = readSets(first, unread, (name, sets) => !sets.has(name));
  const [two, twoDebug] = readSets(second, unread, (name, sets) => one.has(name) && !sets.has(name));
  const doubtful = new Set(clashesOf(one, two).map(({ name }) => name));
  const compared = two.size;
  if (doubtful.size === 0) return { clashes: [], compared, withDebug: [oneDebug, twoDebug], unread: [...unread] };
  const [oneAll] = readSets(first, unread, (name) => doubtful.has(name));
  const [twoAll] = readSets(second, unread, (name) => doubtful.has(name));
  return { clashes: clashesOf(oneAll, twoAll), compared, withDebug: [oneDebug, twoDebug], unread: [...unread] };
}

function readSets(objects: Objects, unread: Set<string>, wanted: (name: string, sets: LayoutSets) => boolean): [LayoutSets, number] {
  const sets: LayoutSets = new Map();
  let withDebug = 0;
  for (const object of objects()) {
    const reading = typeLayouts(object, (name) => wanted(name, sets));
    if (reading.debug) withDebug++;
    for (const layout of reading.layouts) addLayout(sets, layout);
    for (const sentence of reading.unread) unread.add(`${placeName(object.place)}: ${sentence}`);
  }
  return [sets, withDebug];
}
