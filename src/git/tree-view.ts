/**
 * Owns tree objects as they are read: one entry is found, and two trees are compared, without taking all of them apart. Format:
 * repeated `<mode> <name>\0<20 bytes>`, see gitformat-pack(5) and "tree" in gitglossary(7).
 */
import type { ByteString } from "./bytes.js";
import { type TreeEntry, modeAt, parseTree } from "./tree.js";

/** A tree by name of its entries. */
export interface TreeView extends Iterable<readonly [ByteString, TreeEntry]> {
  readonly bytes: Buffer;
  readonly get: (name: ByteString) => TreeEntry | undefined;
  /** Where the entry's mode begins, and its id. */
  readonly placeOf: (name: ByteString) => EntryPlace | undefined;
  readonly keys: () => Iterable<ByteString>;
  readonly values: () => Iterable<TreeEntry>;
}

export interface EntryPlace {
  readonly from: number;
  /** The space behind the mode. */
  readonly space: number;
  /** The zero before the id. */
  readonly zero: number;
}

/** After so many looks at single entries the tree is taken apart. */
const MOST_LOOKS = 6;

const ID = 20;

export function viewTree(bytes: Buffer): TreeView {
  let parsed: ReadonlyMap<ByteString, TreeEntry> | undefined;
  let looks = 0;
  const all = () => (parsed ??= parseTree(bytes));
  function get(name: ByteString): TreeEntry | undefined {
    if (parsed !== undefined || ++looks > MOST_LOOKS) return all().get(name);
    const place = placeOf(name);
    return place === undefined ? undefined : entryOf(bytes, place);
  }
  function placeOf(name: ByteString): EntryPlace | undefined {
    for (let at = 0; at < bytes.length;) {
      const place = placeAt(bytes, at);
      if (place === undefined) break;
      if (place.zero - place.space - 1 === name.length && bytes.toString("latin1", place.space + 1, place.zero) === name) return place;
      at = place.zero + 1 + ID;
    }
    return undefined;
  }
  return {
    bytes,
    get,
    placeOf,
    keys: () => all().keys(),
    values: () => all().values(),
    [Symbol.iterator]: () => all()[Symbol.iterator](),
  };
}

export const EMPTY_TREE: TreeView = viewTree(Buffer.alloc(0));

/** An entry that is not the same in both trees. */
export interface EntryChange {
  readonly name: ByteString;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
}

/** What differs between two trees: only the part between what they begin and what they end with alike is taken apart. */
export function differingEntries(before: TreeView, after: TreeView): EntryChange[] {
  const [a, b] = [before.bytes, after.bytes];
  const start = startOfDifference(a, b);
  if (start === undefined) return [];
  const one = onlyChange(a, b, start);
  if (one !== undefined) return [one];
  const same = sameAtEnd(a, b);
  const [old, next] = [partFrom(a, start), partFrom(b, start)];
  // Both stop with as many bytes left, all of them the same.
  while (old.left() > same || next.left() > same || old.left() !== next.left()) (old.left() >= next.left() ? old : next).step();
  const changes: EntryChange[] = [];
  for (const [name, entry] of old.entries) {
    const now = next.entries.get(name);
    if (now?.id !== entry.id || now.mode !== entry.mode) changes.push({ name, before: entry, after: now });
  }
  for (const [name, entry] of next.entries) if (!old.entries.has(name)) changes.push({ name, before: undefined, after: entry });
  return changes;
}

/** Most changes are of one entry's id, or mode. */
function onlyChange(a: Buffer, b: Buffer, start: number): EntryChange | undefined {
  const [old, next] = [placeAt(a, start), placeAt(b, start)];
  if (old === undefined || next === undefined || a.length - old.zero !== b.length - next.zero) return undefined;
  const name = a.toString("latin1", old.space + 1, old.zero);
  if (b.toString("latin1", next.space + 1, next.zero) !== name) return undefined;
  if (a.compare(b, next.zero + 1 + ID, b.length, old.zero + 1 + ID, a.length) !== 0) return undefined;
  return { name, before: entryOf(a, old), after: entryOf(b, next) };
}

function partFrom(bytes: Buffer, start: number) {
  let at = start;
  const entries = new Map<ByteString, TreeEntry>();
  function step(): void {
    const place = placeAt(bytes, at);
    // Cut short: what is left is read by whoever takes all of it apart, and says so.
    if (place === undefined) parseTree(bytes.subarray(at));
    else entries.set(bytes.toString("latin1", place.space + 1, place.zero), entryOf(bytes, place));
    at = place === undefined ? bytes.length : place.zero + 1 + ID;
  }
  return { entries, step, left: () => bytes.length - at };
}

/** Start of the first entry that may differ; undefined when the trees are the same. */
function startOfDifference(a: Buffer, b: Buffer): number | undefined {
  const same = sameAtStart(a, b);
  if (same === a.length && same === b.length) return undefined;
  let at = 0;
  for (let place = placeAt(a, at); place !== undefined && place.zero + 1 + ID <= same; place = placeAt(a, at)) at = place.zero + 1 + ID;
  return at;
}

function sameAtStart(a: Buffer, b: Buffer): number {
  return longest(Math.min(a.length, b.length), (size) => a.compare(b, 0, size, 0, size) === 0);
}

function sameAtEnd(a: Buffer, b: Buffer): number {
  return longest(Math.min(a.length, b.length), (size) => a.compare(b, b.length - size, b.length, a.length - size, a.length) === 0);
}

/** The largest size up to `most` that is the same, where all smaller ones are. */
function longest(most: number, isSame: (size: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSame(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function placeAt(bytes: Buffer, from: number): EntryPlace | undefined {
  if (from >= bytes.length) return undefined;
  const space = bytes[from + 5] === 0x20 ? from + 5 : bytes[from + 6] === 0x20 ? from + 6 : bytes.indexOf(0x20, from);
  const zero = space < 0 ? -1 : bytes.indexOf(0, space);
  return zero < 0 || zero + 1 + ID > bytes.length ? undefined : { from, space, zero };
}

function entryOf(bytes: Buffer, { from, space, zero }: EntryPlace): TreeEntry {
  return { mode: modeAt(bytes, from, space), id: bytes.toString("hex", zero + 1, zero + 1 + ID) };
}
