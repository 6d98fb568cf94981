/** Owns the state that an output carries for the next run: what it was made from, and the states of its parts. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { writeFileAtomic } from "../../support/fs.js";
import { wallClockMs } from "../../support/clock.js";
import { canonicalJson, sha256 } from "../../support/hash.js";
import { isolationCode } from "../../support/own-files.js";
import { toolVersion } from "../../support/version.js";
import { type FileStamp, isStampAt, settled, stampAt } from "./file-stamp.js";
import type { Part, SavedPart } from "./part-model.js";
import type { Remembered } from "./part-restore.js";
import { type PartState, readPartState } from "./part-state.js";
import { listTree, type Tree } from "./tree-files.js";

const STATE_FILE = ".unfork-isolation.state";
const FORMAT = 1;

/** More changed files than this, and a run from the start costs as little and leaves a fresh state. */
export const MOST_CHANGED = 96;

interface Header {
  readonly format: number;
  readonly key: string;
  /** Digest over all paths, links and folders of the input. */
  readonly listing: string;
  /** Digests of the parts' states. */
  readonly parts: readonly string[];
}

/** Digest of all that an output depends on besides the bytes of the input; `request` are plain values. */
export function stateKey(request: unknown): string {
  return sha256(canonicalJson({ request, version: toolVersion(), code: codeStamp() }));
}

let ownCode: string | undefined;

/** Sizes and times of our own code: another build knows other rules. */
function codeStamp(): string {
  return (ownCode ??= stampOfAllCode());
}

function stampOfAllCode(): string {
  const files = isolationCode().flatMap((root) => (root.endsWith(".wasm") ? [root] : filesIn(root)));
  return sha256(
    files
      .toSorted()
      .map((path) => stampOfCode(path))
      .join("\n"),
  );
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(js|ts|wasm)$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => join(folder, path));
}

function stampOfCode(path: string): string {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}

/** Digest over all paths, links and folders of a tree. */
export function listingDigest({ files, folders }: Tree): string {
  return sha256([...files.map(({ path, link }) => (link === undefined ? path : `${path}\0${link}`)), "", ...folders].join("\n"));
}

/** Keeps what the parts did in the output `target`, where it has its place now; undefined when they cannot be kept. */
export async function saveRun(
  target: string,
  key: string,
  listing: Tree,
  parts: readonly Part[],
): Promise<readonly SavedPart[] | undefined> {
  const saved = await Promise.all(parts.map((part, index) => part.save({ folder: target, path: partFile(target, index) })));
  const whole = saved.filter((part) => part !== undefined);
  if (whole.length !== parts.length) return undefined;
  const header: Header = { format: FORMAT, key, listing: listingDigest(listing), parts: whole.map(({ digest }) => digest) };
  await writeFileAtomic(join(target, STATE_FILE), canonicalJson(header));
  return whole;
}

function partFile(target: string, index: number): string {
  return join(target, `${STATE_FILE}.${index}`);
}

/**
 * What an earlier run left in `target` for a run of this key over this input, or undefined when there is nothing that
 * holds: another key, other files or folders on either side, a state that is missing or damaged, too many changes.
 */
export async function readRun(source: string, target: string, key: string, listing: Tree): Promise<Remembered[] | undefined> {
  const header = await headerOf(target);
  if (header?.format !== FORMAT || header.key !== key || header.listing !== listingDigest(listing)) return undefined;
  const states = header.parts.map((digest, index) => stateOf(partFile(target, index), digest));
  const whole = states.filter((state) => state !== undefined);
  if (whole.length !== states.length || listingDigest(listTree(target)) !== header.listing) return undefined;
  const remembered = whole.map((state) => ({ state, changed: changedIn(state, source, target) }));
  return remembered.reduce((sum, { changed }) => sum + changed.size, 0) > MOST_CHANGED ? undefined : remembered;
}

async function headerOf(target: string): Promise<Header | undefined> {
  try {
    return JSON.parse(await readFile(join(target, STATE_FILE), "utf8")) as Header;
  } catch {
    return undefined;
  }
}

function stateOf(path: string, digest: string): PartState | undefined {
  try {
    return readPartState(readFileSync(path), digest);
  } catch {
    return undefined;
  }
}

/** Files whose input is not the one that was read, or whose output is not the one that was written. */
function changedIn({ request, sources, outputs, outcomes }: PartState, source: string, target: string): Map<number, FileStamp> {
  const changed = new Map<number, FileStamp>();
  for (const [at, { index, path }] of request.files.entries()) {
    const now = wallClockMs();
    const stamp = stampAt(`${source}/${path}`);
    const there = `${target}/${path}`;
    if (!isStampAt(sources, at, stamp) || (!isStampAt(outputs, at, stampAt(there)) && !isOutput(there, outcomes[at]?.written)))
      changed.set(index, settled(stamp, now));
  }
  return changed;
}

/** Whether a file whose times say nothing still is what was written. */
export function isOutput(path: string, written: { readonly sha256: string; readonly mode: number } | undefined): boolean {
  const [size, , , , mode] = stampAt(path);
  if (written === undefined || size < 0 || mode !== (written.mode | REGULAR)) return false;
  return sha256(readFileSync(path)) === written.sha256;
}

const REGULAR = 0o100000;
