/** Owns which identifiers a file has, and which identifiers occur as members anywhere. */
import { BYTE, KIND, PUNCTUATION } from "../tokens/kinds.js";
import type { TokenStream } from "../tokens/stream.js";

/** Collects over the files of one interner. */
export interface FileIndexer {
  /** The ids of the identifiers of a scanned file, each once. */
  readonly add: (stream: TokenStream) => Int32Array;
  /** Whether an identifier occurred behind `.` or `->`, or behind `Other::`. */
  readonly isMember: (id: number) => boolean;
}

export function createIndexer(): FileIndexer {
  let seenIn = new Int32Array(1 << 16);
  let members = new Uint8Array(1 << 16);
  let ids = new Int32Array(1 << 12);
  let file = 0;

  function grow(id: number): void {
    seenIn = enlarged(seenIn, new Int32Array(id * 2));
    members = enlarged(members, new Uint8Array(id * 2));
  }

  function add({ kinds, values, count }: TokenStream): Int32Array {
    file++;
    let found = 0;
    let before = -1;
    for (let i = 0; i < count; i++) {
      const value = values[i] as number;
      if (kinds[i] !== KIND.identifier) {
        before = kinds[i] === KIND.punctuation ? value : -1;
        continue;
      }
      if (value >= seenIn.length) grow(value);
      if (before === BYTE.dot || before === PUNCTUATION.arrow || (before === PUNCTUATION.scope && isOther(kinds, values, i)))
        members[value] = 1;
      before = -1;
      if (seenIn[value] === file) continue;
      seenIn[value] = file;
      if (found === ids.length) ids = enlarged(ids, new Int32Array(found * 2));
      ids[found++] = value;
    }
    return ids.slice(0, found);
  }

  return { add, isMember: (id) => members[id] === 1 };
}

/** `Other::name`, where Other is not the name itself (as in a constructor out of line). */
function isOther(kinds: Uint8Array, values: Int32Array, at: number): boolean {
  return at >= 2 && kinds[at - 2] === KIND.identifier && values[at - 2] !== values[at];
}

function enlarged<T extends Int32Array | Uint8Array>(old: T, next: T): T {
  next.set(old);
  return next;
}
