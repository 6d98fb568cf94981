/** Owns finding changes of isolation again in a text that was edited since, by the bytes that stood around them. */

/** A change to take back: `text` between the surroundings becomes `original`. */
export interface Change {
  readonly text: Buffer;
  readonly original: Buffer;
  readonly around: readonly [Buffer, Buffer];
}

export interface TakenBack {
  readonly bytes: Buffer;
  /** Changes that were not found: what stood there was edited or deleted. */
  readonly missing: readonly Change[];
}

/** Bytes of the surroundings that are enough when the farther ones were edited. */
const NEAR = 8;

/** Takes the changes back in their order; each is looked for behind the one before, with ever smaller surroundings. */
export function takeBack(bytes: Buffer, changes: readonly Change[]): TakenBack {
  const pieces: Buffer[] = [];
  const missing: Change[] = [];
  let from = 0;
  for (const change of changes) {
    const at = placeOf(bytes, change, from);
    if (at === undefined) {
      if (!isBackAlready(bytes, change)) missing.push(change);
      continue;
    }
    pieces.push(bytes.subarray(from, at), change.original);
    from = at + change.text.length;
  }
  return { bytes: Buffer.concat([...pieces, bytes.subarray(from)]), missing };
}

/** Where the changed text begins: by both surroundings, else by one of them where that is unique. */
function placeOf(bytes: Buffer, { text, around: [before, after] }: Change, from: number): number | undefined {
  const whole = bytes.indexOf(Buffer.concat([before, text, after]), Math.max(0, from - before.length));
  if (whole >= 0 && whole + before.length >= from) return whole + before.length;
  const [near, behind] = [before.subarray(Math.max(0, before.length - NEAR)), after.subarray(0, NEAR)];
  for (const [head, tail] of [
    [near, behind],
    [before, EMPTY],
    [EMPTY, after],
  ] as const) {
    if (head.length + tail.length === 0) continue;
    const found = onlyPlace(bytes, Buffer.concat([head, text, tail]), Math.max(0, from - head.length));
    if (found !== undefined && found + head.length >= from) return found + head.length;
  }
  return text.length > NEAR ? onlyPlace(bytes, text, from) : undefined;
}

const EMPTY = Buffer.alloc(0);

function onlyPlace(bytes: Buffer, wanted: Buffer, from: number): number | undefined {
  const at = bytes.indexOf(wanted, from);
  return at >= 0 && bytes.indexOf(wanted, at + 1) < 0 ? at : undefined;
}

function isBackAlready(bytes: Buffer, { original, around: [before, after] }: Change): boolean {
  return bytes.includes(Buffer.concat([before, original, after]));
}
