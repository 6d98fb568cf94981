/** Owns making an input smaller for as long as it still shows the same: pieces left out, then made plain. */
import { type Pieces, piecesOf } from "./pieces.js";

export interface Shrunk {
  readonly bytes: Buffer;
  readonly tries: number;
}

/** Halves, quarters, … down to single pieces; at most `most` tries. `shows` says whether a smaller file still shows it. */
export async function shrink(bytes: Buffer, shows: (smaller: Buffer) => Promise<boolean>, most: number, file = ""): Promise<Shrunk> {
  const whole = piecesOf(bytes, file);
  const budget = { left: most };
  const fewer = await reduce(whole, whole.pieces, {
    shows,
    budget,
    change: (pieces, from, to) => [...pieces.slice(0, from), ...pieces.slice(to)],
  });
  const plain = await reduce(whole, fewer, { shows, budget, change: (pieces, from, to) => madePlain(whole, pieces, from, to) });
  const made =
    plain.length === whole.pieces.length && plain.every((piece, index) => piece === whole.pieces[index]) ? bytes : whole.build(plain);
  return { bytes: made, tries: most - budget.left };
}

interface Reduction {
  readonly shows: (smaller: Buffer) => Promise<boolean>;
  readonly budget: { left: number };
  /** The pieces with those from `from` up to `to` changed; the same when there is nothing to change. */
  readonly change: (pieces: readonly Buffer[], from: number, to: number) => readonly Buffer[];
}

async function reduce(whole: Pieces, pieces: readonly Buffer[], { shows, budget, change }: Reduction): Promise<readonly Buffer[]> {
  let kept = pieces;
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < kept.length && budget.left > 0;) {
      const smaller = change(kept, from, Math.min(kept.length, from + size));
      const isNew = smaller !== kept;
      if (isNew) budget.left--;
      if (isNew && (await shows(whole.build(smaller)))) {
        if (smaller.length === kept.length) from += size;
        kept = smaller;
      } else from += size;
    }
  }
  return kept;
}

function madePlain(whole: Pieces, pieces: readonly Buffer[], from: number, to: number): readonly Buffer[] {
  const made = pieces.map((piece, index) => (index < from || index >= to ? piece : whole.plain(piece)));
  return made.every((piece, index) => piece.equals(pieces[index] as Buffer)) ? pieces : made;
}
