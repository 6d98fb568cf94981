/** Owns what differs between two layouts of one type, in words. */
import type { BaseLayout, MemberLayout, TypeLayout, VirtualSlot } from "../objects/dwarf/layout.js";

/**
 * What code compiled for the first layout would get wrong with an object of the second; empty when they agree. What an object
 * file does not say (null) agrees with everything, and so does a member of another name at the same place.
 */
export function layoutDifferences(a: TypeLayout, b: TypeLayout): string[] {
  return [
    ...kinds(a, b),
    ...changed("size", a.size, b.size),
    ...bases(a.bases, b.bases),
    ...members(a.members, b.members),
    ...slots(a.slots, b.slots),
    ...destructors(a.slots, b.slots),
    ...enumerators(a, b),
  ];
}

function kinds(a: TypeLayout, b: TypeLayout): string[] {
  const [before, after] = [a, b].map(({ kind }) => (kind === "class" ? "struct" : kind));
  return before === after ? [] : [`${a.kind} became ${b.kind}`];
}

function changed(what: string, before: number | null, after: number | null): string[] {
  return before === after || before === null || after === null ? [] : [`${what} ${before} became ${after}`];
}

/** The values by key; a key that comes again gets a number of its own. */
function byKey<Value>(values: readonly Value[], key: (value: Value) => string): Map<string, Value> {
  const map = new Map<string, Value>();
  for (const value of values) {
    let name = key(value);
    for (let count = 2; map.has(name); count++) name = `${key(value)}\0${count}`;
    map.set(name, value);
  }
  return map;
}

function bases(before: readonly BaseLayout[], after: readonly BaseLayout[]): string[] {
  const [old, now] = [before, after].map((list) => byKey(list, ({ name }) => name));
  const words: string[] = [];
  for (const [key, base] of old ?? []) {
    const other = now?.get(key);
    if (other === undefined) words.push(`base '${base.name}' is gone`);
    else if (base.virtual !== other.virtual) words.push(`base '${base.name}' became ${other.virtual ? "virtual" : "non-virtual"}`);
    else words.push(...moved(`base '${base.name}'`, base, other));
  }
  for (const [key, base] of now ?? []) if (old?.has(key) !== true) words.push(`base '${base.name}' is new`);
  return words;
}

function moved(what: string, { offset, virtual }: BaseLayout, other: BaseLayout): string[] {
  if (offset === other.offset || offset === null || other.offset === null) return [];
  return virtual
    ? [`virtual ${what} is found at -${other.offset} in the vtable, was at -${offset}`]
    : [`${what} moved from offset ${offset} to ${other.offset}`];
}

function members(before: readonly MemberLayout[], after: readonly MemberLayout[]): string[] {
  const [old = [], now = []] = [before, after].map((list) => list.filter(({ name }) => name !== ""));
  const oldByName = byKey(old, ({ name }) => name);
  const nowByName = byKey(now, ({ name }) => name);
  const gone = [...oldByName].filter(([key]) => !nowByName.has(key)).map(([, member]) => member);
  const fresh = [...nowByName].filter(([key]) => !oldByName.has(key)).map(([, member]) => member);
  const renamed = new Set(fresh.map(placeOf));
  const kept = new Set(gone.map(placeOf));
  return [
    ...[...oldByName].flatMap(([key, member]) => memberChanges(member, nowByName.get(key))),
    ...gone.filter((member) => !renamed.has(placeOf(member))).map((member) => `member '${member.name}' at ${at(member)} is gone`),
    ...fresh.filter((member) => !kept.has(placeOf(member))).map((member) => `member '${member.name}' at ${at(member)} is new`),
  ];
}

/** Where a member lies and what it is, whatever its name. */
function placeOf({ unit, offset, size, type }: MemberLayout): string {
  return `${unit} ${offset} ${size ?? "?"} ${type}`;
}

function at({ unit, offset }: MemberLayout): string {
  return unit === "bit" ? `bit ${offset}` : `offset ${offset}`;
}

function memberChanges(before: MemberLayout, after: MemberLayout | undefined): string[] {
  if (after === undefined) return [];
  const what = `member '${before.name}'`;
  const words: string[] = [];
  const place = [at(before), at(after)] as const;
  if (place[0] !== place[1]) words.push(`${what} moved from ${place[0]} to ${before.unit === after.unit ? after.offset : place[1]}`);
  if (before.type !== after.type) words.push(`${what} was ${before.type}, is ${after.type}`);
  if (before.unit === after.unit) words.push(...changed(`${what}: ${before.unit === "bit" ? "width" : "size"}`, before.size, after.size));
  return words;
}

/** Functions that take a place of their own: what overrides a base's function is told by the base. */
function ownSlots(list: readonly VirtualSlot[]): Map<number, VirtualSlot> {
  return new Map(
    list.flatMap((slot) => (slot.index === null || slot.overrides || slot.name.startsWith("~") ? [] : [[slot.index, slot] as const])),
  );
}

function slots(before: readonly VirtualSlot[], after: readonly VirtualSlot[]): string[] {
  const old = ownSlots(before);
  const now = ownSlots(after);
  const overridden = new Set([...before, ...after].flatMap(({ index, overrides }) => (overrides ? [index] : [])));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((index) => !overridden.has(index))
    .toSorted((a, b) => a - b)
    .flatMap((index) => slotChange(index, old.get(index), now.get(index)));
}

function slotChange(index: number, before: VirtualSlot | undefined, after: VirtualSlot | undefined): string[] {
  if (after === undefined) return before === undefined ? [] : [`virtual slot ${index}, '${before.name}', is gone`];
  if (before === undefined) return [`virtual slot ${index}, '${after.name}', is new`];
  const known = before.symbol !== null && after.symbol !== null;
  if (known ? before.symbol === after.symbol : before.name === after.name) return [];
  if (before.name !== after.name || !known) return [`virtual slot ${index} is '${after.name}', was '${before.name}'`];
  return [`virtual slot ${index} is '${after.name}' (${after.symbol}), was '${before.name}' (${before.symbol})`];
}

function destructors(before: readonly VirtualSlot[], after: readonly VirtualSlot[]): string[] {
  const [old, now] = [before, after].map((list) => list.find(({ name }) => name.startsWith("~")));
  if (old !== undefined && now !== undefined) return old.overrides ? [] : changed("virtual slot of the destructor:", old.index, now.index);
  if (old !== undefined && !old.overrides) return ["the virtual destructor is gone"];
  return now !== undefined && !now.overrides ? ["the virtual destructor is new"] : [];
}

function enumerators(a: TypeLayout, b: TypeLayout): string[] {
  const now = new Map(b.enumerators.map(({ name, value }) => [name, value]));
  const words = a.enumerators.flatMap(({ name, value }) => {
    const other = now.get(name) ?? value;
    return other === value ? [] : [`enumerator '${name}' ${value} became ${other}`];
  });
  return words.length > 0 ? words : reusedValues(a, b);
}

/** Values that bear another name: of an enumerator that is gone. */
function reusedValues(a: TypeLayout, b: TypeLayout): string[] {
  const names = new Set(b.enumerators.map(({ name }) => name));
  const old = new Set(a.enumerators.map(({ name }) => name));
  const taken = new Set(a.enumerators.filter(({ name }) => names.has(name)).map(({ value }) => value));
  const fresh = new Map(b.enumerators.filter(({ name }) => !old.has(name)).map(({ name, value }) => [value, name]));
  return a.enumerators.flatMap(({ name, value }) => {
    const other = fresh.get(value);
    return names.has(name) || taken.has(value) || other === undefined ? [] : [`value ${value} was '${name}', is '${other}'`];
  });
}
