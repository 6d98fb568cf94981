/** Owns what is remembered of a scanned file's tokens: its identifiers, its preprocessor lines, the tokens that may be renamed. */
import type { Interner } from "../../tokens/interner.js";
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { Native } from "../../tokens/native.js";
import type { TokenStream } from "../../tokens/stream.js";

/** The notable tokens of the file scanned last. */
export interface FileIndex {
  /** Token indices of identifiers that have a role. */
  readonly hits: readonly number[];
  /** Token indices of preprocessor lines: start, end, start, end … */
  readonly directives: readonly number[];
  /** Token indices of `##`. */
  readonly pastes: readonly number[];
}

/** Collects over the files of one interner. */
export interface FileIndexer {
  /** Indexes a scanned file; `roles` by id say which identifiers are hits. */
  readonly add: (stream: TokenStream, roles: Uint8Array) => FileIndex;
  /** Whether the file indexed last has the identifier. */
  readonly stands: (id: number) => boolean;
  /** Takes the ids of the file indexed last, each once, into the memory of the indexer; gives a handle for `has`. */
  readonly keepIds: () => number;
  /** Whether the file of that handle has an identifier of which `test` holds. */
  readonly has: (handle: number, test: (id: number) => boolean) => boolean;
  /** Whether an identifier occurred behind `.` or `->`, or behind `Other::`, in any file. */
  readonly isMember: (id: number) => boolean;
  /** Whether an identifier occurred in any file. */
  readonly isUsed: (id: number) => boolean;
  /** What `keepIds` has taken so far. */
  readonly pool: () => Int32Array;
  /** Takes over the files of these handles from another indexer's pool; the indexer must be empty. */
  readonly restore: (pool: Int32Array, handles: readonly number[]) => void;
}

/** An empty indexer of the files that are scanned with `interner`. */
export function createIndexer({ native }: Pick<Interner, "native"> = {}): FileIndexer {
  let seenIn = new Int32Array(1 << 17);
  let places = new Int32Array(1 << 17);
  /** By id: 1 = occurs, 3 = also as a member. */
  let occurrence = new Uint8Array(1 << 17);
  /** Ids of all files as `id << 1 | member`, one run after the other; the run of a file starts at its handle with its length. */
  let pool = new Int32Array(1 << 20);
  let kept = 0;
  let used = 0;
  let file = 0;
  let isNative = false;

  function add(stream: TokenStream, roles: Uint8Array): FileIndex {
    isNative = native?.holds(stream) === true;
    return native !== undefined && isNative ? addCollected(native, roles) : addHere(stream, roles);
  }

  function addCollected(from: Native, roles: Uint8Array): FileIndex {
    const { hits, directives, pastes, ids } = from.collect(roles);
    pool = room(pool, kept + 1 + ids.length);
    pool.set(ids, kept + 1);
    used = kept + 1 + ids.length;
    return { hits: listOf(hits), directives: listOf(directives), pastes: listOf(pastes) };
  }

  function addHere({ kinds, values, count }: TokenStream, roles: Uint8Array): FileIndex {
    const index = { hits: [] as number[], directives: [] as number[], pastes: [] as number[] };
    file++;
    const first = kept + 1;
    let [placeOf, ids, at] = [places, room(pool, first + count), first];
    let before = -1;
    for (let i = 0; i < count; i++) {
      const value = values[i] as number;
      const kind = kinds[i];
      if (kind === KIND.identifier) {
        if (value >= seenIn.length) placeOf = grow(value);
        if (seenIn[value] !== file) {
          seenIn[value] = file;
          placeOf[value] = at;
          ids[at++] = value << 1;
        }
        if (before >= 0 && (before !== PUNCTUATION.scope || isOther(kinds, values, i))) ids[placeOf[value] as number] = (value << 1) | 1;
        if (value < roles.length && roles[value] !== 0) index.hits.push(i);
        before = -1;
      } else if (kind === KIND.punctuation) {
        before = value === BYTE.dot || value === PUNCTUATION.arrow || value === PUNCTUATION.scope ? value : -1;
        if (value === PUNCTUATION.paste) index.pastes.push(i);
      } else {
        before = -1;
        if (kind === KIND.directive || kind === KIND.directiveEnd) index.directives.push(i);
      }
    }
    pool = ids;
    used = at;
    return index;
  }

  function stands(id: number): boolean {
    return native !== undefined && isNative ? native.stands(id) : seenIn[id] === file;
  }

  function grow(id: number): Int32Array<ArrayBuffer> {
    seenIn = enlarged(seenIn, new Int32Array(id * 2));
    places = enlarged(places, new Int32Array(id * 2));
    return places;
  }

  function keepIds(): number {
    const handle = kept;
    pool[handle] = used - handle - 1;
    kept = used;
    weigh(handle);
    return handle;
  }

  function weigh(handle: number): void {
    const end = handle + 1 + (pool[handle] as number);
    for (let at = handle + 1; at < end; at++) {
      const entry = pool[at] as number;
      const id = entry >> 1;
      if (id >= occurrence.length) occurrence = enlarged(occurrence, new Uint8Array(id * 2));
      occurrence[id] = (occurrence[id] as number) | 1 | ((entry & 1) << 1);
    }
  }

  function restore(from: Int32Array, handles: readonly number[]): void {
    pool = Int32Array.from(from);
    kept = pool.length;
    for (const handle of handles) weigh(handle);
  }

  function has(handle: number, test: (id: number) => boolean): boolean {
    const end = handle + 1 + (pool[handle] as number);
    for (let at = handle + 1; at < end; at++) if (test((pool[at] as number) >> 1)) return true;
    return false;
  }

  return {
    add,
    stands,
    keepIds,
    has,
    isMember: (id) => occurrence[id] === 3,
    isUsed: (id) => (occurrence[id] ?? 0) > 0,
    pool: () => pool.subarray(0, kept),
    restore,
  };
}

function listOf(indices: Int32Array): number[] {
  const list: number[] = [];
  for (let at = 0; at < indices.length; at++) list.push(indices[at] as number);
  return list;
}

/** `Other::name`, where Other is not the name itself (as in a constructor out of line). */
function isOther(kinds: Uint8Array, values: Int32Array, at: number): boolean {
  return at >= 2 && kinds[at - 2] === KIND.identifier && values[at - 2] !== values[at];
}

function room(pool: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  return pool.length >= size ? pool : enlarged(pool, new Int32Array(size * 2));
}

function enlarged<T extends Int32Array | Uint8Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
