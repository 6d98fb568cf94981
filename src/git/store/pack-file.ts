/** Owns one pack (gitformat-pack): objects at their offsets, whole or put together from deltas. */
import { closeSync, openSync, readSync } from "node:fs";

import type { ObjectType } from "../objects.js";
import { applyDelta } from "./delta.js";
import { inflate } from "./inflate.js";

export interface StoredObject {
  readonly type: ObjectType;
  readonly content: Buffer;
}

export interface PackFile {
  /** Undefined for what cannot be read here: something is broken, very large, or a base is missing. */
  readonly objectAt: (offset: number) => StoredObject | undefined;
  readonly close: () => void;
}

/** Where the base of a delta is looked for by its id. */
export type BaseById = (id: Buffer) => StoredObject | undefined;

const TYPES: Readonly<Record<number, ObjectType>> = { 1: "commit", 2: "tree", 3: "blob", 4: "tag" };
const OFFSET_DELTA = 6;
const ID_DELTA = 7;

/** What is read at first: head and all of most objects. */
const FIRST = 4096;

/** Larger objects are left to git. */
const MOST = 64 * 1024 * 1024;

/** Bytes of bases that are kept for other deltas on them. */
const MOST_KEPT = 96 * 1024 * 1024;

export function openPackFile(path: string, baseById: BaseById): PackFile {
  const file = openSync(path, "r");
  const kept = new Map<number, StoredObject>();
  let keptBytes = 0;
  let room = Buffer.allocUnsafe(FIRST);

  function objectAt(offset: number): StoredObject | undefined {
    const deltas: Buffer[] = [];
    let at = offset;
    for (;;) {
      const known = kept.get(at);
      if (known !== undefined) return built(known, deltas, offset);
      const entry = entryAt(at);
      if (entry === undefined) return undefined;
      if ("type" in entry) return built(keep(at, entry), deltas, offset);
      deltas.push(entry.delta);
      if (typeof entry.base === "number") {
        at = entry.base;
        continue;
      }
      const base = baseById(entry.base);
      return base === undefined ? undefined : built(base, deltas, offset);
    }
  }

  function built({ type, content }: StoredObject, deltas: readonly Buffer[], offset: number): StoredObject | undefined {
    if (deltas.length === 0) return { type, content };
    let whole: Buffer | undefined = content;
    for (const delta of deltas.toReversed()) whole = whole === undefined ? undefined : applyDelta(whole, delta);
    return whole === undefined ? undefined : keep(offset, { type, content: whole });
  }

  function keep(offset: number, object: StoredObject): StoredObject {
    if (keptBytes > MOST_KEPT) {
      kept.clear();
      keptBytes = 0;
    }
    kept.set(offset, object);
    keptBytes += object.content.length;
    return object;
  }

  function entryAt(offset: number): StoredObject | { readonly base: number | Buffer; readonly delta: Buffer } | undefined {
    const bytes = read(offset, FIRST);
    let at = 0;
    let byte = bytes[at++] ?? 0;
    const kind = (byte >> 4) & 7;
    let [size, scale] = [byte & 15, 16];
    while ((byte & 0x80) !== 0 && at < bytes.length) {
      byte = bytes[at++] ?? 0;
      size += (byte & 0x7f) * scale;
      scale *= 128;
    }
    if (size > MOST) return undefined;
    const type = TYPES[kind];
    if (type !== undefined) {
      const content = inflated(bytes, offset, at, size);
      return content === undefined ? undefined : { type, content };
    }
    if (kind === OFFSET_DELTA) {
      byte = bytes[at++] ?? 0;
      let back = byte & 0x7f;
      while ((byte & 0x80) !== 0 && at < bytes.length) {
        byte = bytes[at++] ?? 0;
        back = (back + 1) * 128 + (byte & 0x7f);
      }
      const delta = inflated(bytes, offset, at, size);
      return delta === undefined || back <= 0 || back > offset ? undefined : { base: offset - back, delta };
    }
    if (kind !== ID_DELTA) return undefined;
    const base = Buffer.from(bytes.subarray(at, at + 20));
    const delta = inflated(bytes, offset, at + 20, size);
    return delta === undefined ? undefined : { base, delta };
  }

  /** `bytes`: what stands from `offset` on; the data begins `at` bytes into them. */
  function inflated(bytes: Buffer, offset: number, at: number, size: number): Buffer | undefined {
    const most = size + (size >> 3) + 64;
    const data = at + most <= bytes.length || bytes.length < FIRST ? bytes.subarray(at) : read(offset + at, most);
    return inflate(data, size);
  }

  /** What is read is taken apart before the next is. */
  function read(from: number, size: number): Buffer {
    if (room.length < size) room = Buffer.allocUnsafe(size);
    return room.subarray(0, readSync(file, room, 0, size, from));
  }

  return { objectAt, close: () => closeSync(file) };
}
