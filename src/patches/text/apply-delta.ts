/** Owns git's deltas (gitformat-pack, "Deltified representation"): two lengths, then instructions to copy or to insert. */

interface Cursor {
  readonly bytes: Buffer;
  at: number;
}

/** The content that a delta makes of another one, or undefined when the delta is broken or is for a content of another length. */
export function applyDelta(content: Buffer, delta: Buffer): Buffer | undefined {
  const cursor: Cursor = { bytes: delta, at: 0 };
  const [from, to] = [takeLength(cursor), takeLength(cursor)];
  if (from !== content.length || to === undefined) return undefined;
  const parts: Buffer[] = [];
  let length = 0;
  while (cursor.at < delta.length) {
    const part = takePart(cursor, content);
    if (part === undefined) return undefined;
    length += part.length;
    if (length > to) return undefined;
    parts.push(part);
  }
  return length === to ? Buffer.concat(parts) : undefined;
}

/** Seven bits a byte, lowest first; the high bit says that more follow. */
function takeLength(cursor: Cursor): number | undefined {
  let length = 0;
  for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) return undefined;
    length += (byte & 127) * factor;
    if (byte < 128) return length;
  }
  return undefined;
}

function takePart(cursor: Cursor, content: Buffer): Buffer | undefined {
  const order = cursor.bytes[cursor.at++] ?? 0;
  if (order >= 128) return copied(cursor, order, content);
  const end = cursor.at + order;
  if (order === 0 || end > cursor.bytes.length) return undefined;
  cursor.at = end;
  return cursor.bytes.subarray(end - order, end);
}

/** Bits 0–3 say which bytes of the offset follow, bits 4–6 which of the length; length 0 means 64 KiB. */
function copied(cursor: Cursor, order: number, content: Buffer): Buffer | undefined {
  const offset = takeBytes(cursor, order & 15);
  const length = takeBytes(cursor, (order >> 4) & 7);
  if (offset === undefined || length === undefined) return undefined;
  const end = offset + (length === 0 ? 65_536 : length);
  return end > content.length ? undefined : content.subarray(offset, end);
}

function takeBytes(cursor: Cursor, present: number): number | undefined {
  let value = 0;
  for (let bit = 0; 1 << bit <= present; bit++) {
    if ((present & (1 << bit)) === 0) continue;
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) return undefined;
    value += byte * 256 ** bit;
  }
  return value;
}
