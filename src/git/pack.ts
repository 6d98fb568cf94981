/** Owns the writing of packs (gitformat-pack): whole objects without deltas, and the index of version 2 beside them. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";

import { fileError } from "../support/errors.js";
import { writeFilesAtomic } from "../support/fs.js";
import type { ObjectType } from "./objects.js";
import { storedZlib } from "./stored-zlib.js";

export interface NewObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly content: Uint8Array;
}

const KINDS: Readonly<Record<ObjectType, number>> = { commit: 1, tree: 2, blob: 3, tag: 4 };

/** Writes a pack and then its index into `<objects>/pack`; git sees the objects once the index is there. */
export async function writePack(objectsFolder: string, objects: readonly NewObject[]): Promise<void> {
  const { pack, index, name } = formatPack(objects);
  const base = join(objectsFolder, "pack", `pack-${name}`);
  const files = [
    { path: `${base}.pack`, data: pack },
    { path: `${base}.idx`, data: index },
  ];
  await writeFilesAtomic(files, 0o444);
}

/** The same for a folder that only this run reads: at once, and not synced. */
export function writePackAside(objectsFolder: string, objects: readonly NewObject[]): void {
  const { pack, index, name } = formatPack(objects, storedZlib);
  const folder = join(objectsFolder, "pack");
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `pack-${name}.pack`), pack);
    writeFileSync(join(folder, `pack-${name}.idx`), index);
  } catch (error) {
    throw fileError("write", folder, error);
  }
}

interface Entry {
  readonly id: string;
  readonly offset: number;
  readonly crc: number;
}

/** The bytes of a pack and of its index. `name` is the pack's checksum. */
export function formatPack(
  objects: readonly NewObject[],
  pressed: (content: Uint8Array) => Buffer = pressedOrStored,
): { pack: Buffer; index: Buffer; name: string } {
  const parts: Buffer[] = [packHead(objects.length)];
  const entries: Entry[] = [];
  let offset = 12;
  for (const object of objects) {
    const data = Buffer.concat([entryHead(KINDS[object.type], object.content.length), pressed(object.content)]);
    entries.push({ id: object.id, offset, crc: crc32(data) });
    parts.push(data);
    offset += data.length;
  }
  const body = Buffer.concat(parts);
  const checksum = createHash("sha1").update(body).digest();
  return { pack: Buffer.concat([body, checksum]), index: formatIndex(entries, checksum), name: checksum.toString("hex") };
}

/** Small objects, trees among them, hardly shrink, and setting up a compressor for each takes longer than all the rest. */
function pressedOrStored(content: Uint8Array): Buffer {
  return content.length <= SMALL ? storedZlib(content) : deflateSync(content, { level: 1 });
}

const SMALL = 8192;

function packHead(count: number): Buffer {
  const head = Buffer.alloc(12);
  head.write("PACK", "latin1");
  head.writeUInt32BE(2, 4);
  head.writeUInt32BE(count, 8);
  return head;
}

/** Type in bits 4 to 6 and size, four bits first, then seven at a time, the lowest first. */
function entryHead(kind: number, size: number): Buffer {
  const bytes: number[] = [];
  let byte = (kind << 4) | (size & 15);
  for (let rest = Math.floor(size / 16); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.push(byte | 0x80);
    byte = rest & 127;
  }
  return Buffer.from([...bytes, byte]);
}

/** Offsets from 2^31 on would need the table of large offsets: a pack of ours stays below. */
function formatIndex(entries: readonly Entry[], packChecksum: Buffer): Buffer {
  const sorted = entries.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const head = Buffer.from([0xff, 0x74, 0x4f, 0x63, 0, 0, 0, 2]);
  const ids = Buffer.from(sorted.map((entry) => entry.id).join(""), "hex");
  const sums = numbers(sorted.map((entry) => entry.crc));
  const offsets = numbers(sorted.map((entry) => entry.offset));
  const body = Buffer.concat([head, fanoutOf(sorted), ids, sums, offsets, packChecksum]);
  return Buffer.concat([body, createHash("sha1").update(body).digest()]);
}

/** For each first byte, how many ids begin with it or a lower one. */
function fanoutOf(entries: readonly Entry[]): Buffer {
  const counts = Array.from({ length: 256 }, () => 0);
  for (const entry of entries) {
    const first = Number.parseInt(entry.id.slice(0, 2), 16);
    counts[first] = (counts[first] ?? 0) + 1;
  }
  let sum = 0;
  return numbers(counts.map((count) => (sum += count)));
}

function numbers(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4);
  return bytes;
}
