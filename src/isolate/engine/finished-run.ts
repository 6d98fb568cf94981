/** Owns what a finished run leaves for one that finds nothing changed: the stamps of all files on both sides, and its account. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";

import { sha256 } from "../../support/hash.js";
import { isStampAt, NO_STAMP, STAMP_NUMBERS, stampAt } from "./file-stamp.js";
import type { SavedPart, WrittenFile } from "./part-model.js";
import { isOutput, listingDigest } from "./run-state.js";
import { listTree, type Tree } from "./tree-files.js";

const FINISHED_FILE = ".unfork-isolation.state.done";
const DIGEST_BYTES = 32;

/** Stamps of a part's files. */
export type PartStamps = Omit<SavedPart, "digest">;

/** What is told of an output without a stamp that holds. */
type KnownBytes = Pick<WrittenFile, "sha256" | "mode">;

interface FinishedRun<T> {
  readonly key: string;
  readonly listing: string;
  /** What the input has that is no file, link or folder. */
  readonly skipped: Tree["skipped"];
  /** By file of the tree; none for links. */
  readonly sources: Float64Array;
  readonly outputs: Float64Array;
  /** Outputs that are known by their bytes, by index. */
  readonly known: ReadonlyMap<number, KnownBytes>;
  /** Isolation's own files in the output, with their digests. */
  readonly own: readonly (readonly [path: string, sha256: string])[];
  readonly account: T;
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
}

/** Remembers the run; an output that cannot hold it goes without. */
export function rememberFinished<T>({ target, key, listing, stamps, files, own, account }: FinishedOutput<T>): void {
  const sources = byFile(listing, stamps, ({ sources: part }) => part);
  const outputs = byFile(listing, stamps, ({ outputs: part }) => part);
  const known = new Map<number, KnownBytes>();
  for (const { index, sha256: digest, mode } of files) {
    if ((outputs[index * STAMP_NUMBERS] as number) < 0) known.set(index, { sha256: digest, mode });
  }
  try {
    const digests = own.map((path): [string, string] => [path, sha256(readFileSync(join(target, path)))]);
    const run: FinishedRun<T> = {
      key,
      listing: listingDigest(listing),
      skipped: listing.skipped,
      sources,
      outputs,
      known,
      own: digests,
      account,
    };
    const bytes = serialize(run);
    writeFileSync(join(target, FINISHED_FILE), Buffer.concat([Buffer.from(sha256(bytes), "hex"), bytes]));
  } catch {
    // The next run finds none, or one that is damaged, and looks at all files.
  }
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

/** Whether there is anything to compare with. */
export function mayBeFinished(target: string): boolean {
  return existsSync(join(target, FINISHED_FILE));
}

/** The account of the run that made `target` of this `source` by this key, when nothing differs since; otherwise undefined. */
export function finishedRun<T>(source: string, target: string, key: string): T | undefined {
  const run = readFinished<T>(join(target, FINISHED_FILE));
  if (run === undefined || run.key !== key) return undefined;
  const listing = listTree(source);
  if (listingDigest(listing) !== run.listing || JSON.stringify(listing.skipped) !== JSON.stringify(run.skipped)) return undefined;
  const regular = listing.files.flatMap(({ path, link }, index) => (link === undefined ? [{ path, index }] : []));
  if (!regular.every(({ path, index }) => isStampAt(run.sources, index, stampAt(`${source}/${path}`)))) return undefined;
  if (listingDigest(listTree(target)) !== run.listing) return undefined;
  if (!regular.every(({ path, index }) => isOutputOf(run, index, `${target}/${path}`))) return undefined;
  return run.own.every(([path, digest]) => hasDigest(join(target, path), digest)) ? run.account : undefined;
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

function isOutputOf({ outputs, known }: FinishedRun<unknown>, index: number, path: string): boolean {
  const bytes = known.get(index);
  return bytes === undefined ? isStampAt(outputs, index, stampAt(path)) : isOutput(path, bytes);
}

function hasDigest(path: string, digest: string): boolean {
  try {
    return sha256(readFileSync(path)) === digest;
  } catch {
    return false;
  }
}
