/** Owns what a finished run leaves for the next one: the stamps of all files on both sides, its account, and what it asked and decided. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

import { wallClockMs } from "../../support/clock.js";
import { sha256 } from "../../support/hash.js";
import { type FileStamp, isStampAt, NO_STAMP, settled, STAMP_NUMBERS, stampAt } from "./file-stamp.js";
import type { SavedPart, WrittenFile } from "./part-model.js";
import { isOutput, listingDigest, MOST_CHANGED } from "./run-state.js";
import { listTree, type Tree } from "./tree-files.js";

const FINISHED_FILE = ".unfork-isolation.state.done";
const DIGEST_BYTES = 32;

/** Stamps of a part's files. */
export type PartStamps = Omit<SavedPart, "digest">;

export interface FinishedRun<T> {
  readonly key: string;
  readonly listing: string;
  /** What the input has that is no file, link or folder. */
  readonly skipped: Tree["skipped"];
  /** By file of the tree; none for links. */
  readonly sources: Float64Array;
  readonly outputs: Float64Array;
  /** SHA-256 and permission bits of the outputs, by file of the tree. */
  readonly digests: Uint8Array;
  readonly modes: Uint16Array;
  /** Isolation's own files in the output, with their digests. */
  readonly own: readonly (readonly [path: string, sha256: string])[];
  readonly account: T;
  /** What the next run needs only where files changed (update-few.ts). */
  readonly memory: Uint8Array;
}

/** A finished run whose output is untouched, and what changed in its input since. */
export interface LastRun<T> {
  readonly run: FinishedRun<T>;
  readonly listing: Tree;
  /** By index, each with its stamp of now. */
  readonly changed: ReadonlyMap<number, FileStamp>;
}

export interface FinishedOutput<T> {
  readonly target: string;
  readonly key: string;
  readonly listing: Tree;
  readonly stamps: readonly PartStamps[];
  readonly files: readonly WrittenFile[];
  /** Paths of isolation's own files that belong to the result. */
  readonly own: readonly string[];
  readonly account: T;
  readonly memory: unknown;
}

/** Remembers the run; an output that cannot hold it goes without. */
export function rememberFinished<T>({ target, key, listing, stamps, files, own, account, memory }: FinishedOutput<T>): void {
  const run = {
    key,
    listing: listingDigest(listing),
    skipped: listing.skipped,
    sources: byFile(listing, stamps, ({ sources }) => sources),
    outputs: byFile(listing, stamps, ({ outputs }) => outputs),
    digests: new Uint8Array(listing.files.length * DIGEST_BYTES),
    modes: new Uint16Array(listing.files.length),
    account,
    memory: serialize(memory),
  };
  for (const file of files) noteBytes(run, file);
  writeRun(target, run, own);
}

function byFile(listing: Tree, parts: readonly PartStamps[], stampsOf: (part: PartStamps) => Float64Array): Float64Array {
  const all = new Float64Array(listing.files.length * STAMP_NUMBERS);
  for (let index = 0; index < listing.files.length; index++) all.set(NO_STAMP, index * STAMP_NUMBERS);
  for (const part of parts) {
    const stamps = stampsOf(part);
    for (const [at, { index }] of part.request.files.entries()) {
      all.set(stamps.subarray(at * STAMP_NUMBERS, (at + 1) * STAMP_NUMBERS), index * STAMP_NUMBERS);
    }
  }
  return all;
}

function noteBytes(
  { digests, modes }: Pick<FinishedRun<unknown>, "digests" | "modes">,
  { index, sha256: digest, mode }: WrittenFile,
): void {
  digests.set(Buffer.from(digest, "hex"), index * DIGEST_BYTES);
  modes[index] = mode;
}

/** What is known of the bytes that were written for a file of the tree. */
export function bytesOf({ digests, modes }: FinishedRun<unknown>, index: number): Pick<WrittenFile, "sha256" | "mode"> {
  const digest = Buffer.from(digests.buffer, digests.byteOffset + index * DIGEST_BYTES, DIGEST_BYTES);
  return { sha256: digest.toString("hex"), mode: modes[index] as number };
}

function writeRun<T>(target: string, run: Omit<FinishedRun<T>, "own">, own: readonly string[]): void {
  try {
    const digests = own.map((path): [string, string] => [path, sha256(readFileSync(join(target, path)))]);
    const whole: FinishedRun<T> = { ...run, own: digests };
    const bytes = serialize(whole);
    writeFileSync(join(target, FINISHED_FILE), Buffer.concat([Buffer.from(sha256(bytes), "hex"), bytes]));
  } catch {
    // The next run finds none, or one that is damaged, and looks at all files.
  }
}

/** Remembers that the files which had changed came to `files`, with the account and the memory of now. */
export function rememberUpdated<T>(
  target: string,
  { run, changed }: LastRun<T>,
  { files, account, memory }: Pick<FinishedOutput<T>, "files" | "account" | "memory">,
): void {
  for (const [index, stamp] of changed) {
    run.sources.set(stamp, index * STAMP_NUMBERS);
    run.outputs.set(NO_STAMP, index * STAMP_NUMBERS);
  }
  for (const file of files) noteBytes(run, file);
  writeRun(
    target,
    { ...run, account, memory: serialize(memory) },
    run.own.map(([path]) => path),
  );
}

/** Whether there is anything to compare with. */
export function mayBeFinished(target: string): boolean {
  return existsSync(join(target, FINISHED_FILE));
}

/** The run that made `target` of this `source` by this key, when its output is untouched and little changed in its input; otherwise undefined. */
export function lastRun<T>(source: string, target: string, key: string): LastRun<T> | undefined {
  const run = readFinished<T>(join(target, FINISHED_FILE));
  if (run === undefined || run.key !== key) return undefined;
  const listing = listTree(source);
  if (listingDigest(listing) !== run.listing || JSON.stringify(listing.skipped) !== JSON.stringify(run.skipped)) return undefined;
  const regular = listing.files.flatMap(({ path, link }, index) => (link === undefined ? [{ path, index }] : []));
  const changed = changedSince(run.sources, source, regular);
  if (changed.size > MOST_CHANGED || listingDigest(listTree(target)) !== run.listing) return undefined;
  if (!regular.every(({ path, index }) => isOutputOf(run, index, `${target}/${path}`))) return undefined;
  return run.own.every(([path, digest]) => hasDigest(join(target, path), digest)) ? { run, listing, changed } : undefined;
}

function changedSince(
  known: Float64Array,
  source: string,
  files: readonly { readonly path: string; readonly index: number }[],
): Map<number, FileStamp> {
  const changed = new Map<number, FileStamp>();
  for (const { path, index } of files) {
    const now = wallClockMs();
    const stamp = stampAt(`${source}/${path}`);
    if (!isStampAt(known, index, stamp)) changed.set(index, settled(stamp, now));
  }
  return changed;
}

function readFinished<T>(path: string): FinishedRun<T> | undefined {
  try {
    const bytes = readFileSync(path);
    const body = bytes.subarray(DIGEST_BYTES);
    return bytes.toString("hex", 0, DIGEST_BYTES) === sha256(body) ? (deserialize(body) as FinishedRun<T>) : undefined;
  } catch {
    return undefined;
  }
}

/** An output without a stamp that holds is known by its bytes, and from now on by the stamp that it has. */
function isOutputOf(run: FinishedRun<unknown>, index: number, path: string): boolean {
  if (isStampAt(run.outputs, index, stampAt(path))) return true;
  if ((run.outputs[index * STAMP_NUMBERS] as number) >= 0) return false;
  const now = wallClockMs();
  const stamp = stampAt(path);
  if (!isOutput(path, bytesOf(run, index))) return false;
  run.outputs.set(settled(stamp, now), index * STAMP_NUMBERS);
  return true;
}

function hasDigest(path: string, digest: string): boolean {
  try {
    return sha256(readFileSync(path)) === digest;
  } catch {
    return false;
  }
}
