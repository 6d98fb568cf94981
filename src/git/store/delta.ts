/** Owns the deltas of packs (gitformat-pack, "Deltified representation"): copies out of a base, and bytes of their own. */

/** Larger ones are left to git. */
const MOST = 256 * 1024 * 1024;

/** The object that a delta makes of its base; undefined where the two do not belong together. */
export function applyDelta(base: Buffer, delta: Buffer): Buffer | undefined {
  const sizes = { at: 0 };
  if (sizeAt(delta, sizes) !== base.length) return undefined;
  const length = sizeAt(delta, sizes);
  if (length > MOST) return undefined;
  const result = Buffer.allocUnsafe(length);
  let at = sizes.at;
  let filled = 0;
  while (at < delta.length) {
    const command = delta[at++] ?? 0;
    if (command === 0) return undefined;
    if ((command & 0x80) === 0) {
      if (at + command > delta.length || filled + command > result.length) return undefined;
      filled += delta.copy(result, filled, at, at + command);
      at += command;
      continue;
    }
    let [offset, size] = [0, 0];
    for (let bit = 0; bit < 4; bit++) if ((command & (1 << bit)) !== 0) offset += (delta[at++] ?? 0) * 2 ** (8 * bit);
    for (let bit = 0; bit < 3; bit++) if ((command & (0x10 << bit)) !== 0) size |= (delta[at++] ?? 0) << (8 * bit);
    if (size === 0) size = 0x10000;
    if (offset + size > base.length || filled + size > result.length) return undefined;
    filled += base.copy(result, filled, offset, offset + size);
  }
  return filled === result.length ? result : undefined;
}

/** Seven bits at a time, the lowest first. */
function sizeAt(delta: Buffer, cursor: { at: number }): number {
  let [size, scale] = [0, 1];
  for (;;) {
    const byte = delta[cursor.at++] ?? 0;
    size += (byte & 0x7f) * scale;
    scale *= 128;
    if ((byte & 0x80) === 0) return size;
  }
}
