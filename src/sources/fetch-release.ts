/** Owns the fetch of a release: the cache first, then its sources in order until one serves, each failure named. */
import { makeFolder } from "../support/fs.js";
import { join, resolve } from "node:path";

import type { FetchedTree, Release, ReleaseDay, Source } from "../model/source.js";
import { emit } from "../support/bus.js";
import { type ErrorCode, UnforkError, systemCodeOf } from "../support/errors.js";
import { canonicalJson, sha256 } from "../support/hash.js";
import { describeSource } from "./describe-source.js";
import { discardTree, readSealed, sealTree } from "./cached-tree.js";
import { withCacheLock } from "./cache-lock.js";
import { moveIn, readRecord, treeFolder, treeKey, withWorkFolder, writeRecord } from "./cache.js";
import type { Located, ProviderContext } from "./provider.js";
import { isLocal, locate } from "./providers.js";
import type { TreeSummary } from "./tree-digest.js";

export interface FetchOptions {
  readonly cache: string;
  /** Relative `file`, `path` and `url` values of the sources begin here. */
  readonly baseFolder: string;
  /** Only what lies on this machine: the cache, folders and archive files. */
  readonly offline?: boolean;
  /** Asks the sources again although an earlier run has resolved this release. */
  readonly refresh?: boolean;
}

interface Failure {
  readonly provider: string;
  readonly why: string;
  readonly error: unknown;
}

/**
 * The release's tree in the cache. A release that was fetched before needs no network. Throws, when no source
 * serves, with the code of the most telling failure (`checksum`, `archive-invalid`, …, else `network`); `disk` at once.
 */
export async function fetchRelease(release: Release, given: FetchOptions): Promise<FetchedTree> {
  const options = { ...given, cache: resolve(given.cache) };
  const description = descriptionOf(release, options.baseFolder);
  const lock = join(options.cache, "locks", `${description}.lock`);
  return withCacheLock(lock, release.id, async () => {
    const known = options.refresh === true ? undefined : await fromRecord(release, options.cache, description);
    return known ?? (await withWorkFolder(options.cache, (work) => fromSources(release, options, description, work)));
  });
}

/** Digest of all that decides what is fetched; labels and dates do not. */
function descriptionOf(release: Release, baseFolder: string): string {
  const base = release.sources.some(isLocal) ? resolve(baseFolder) : "";
  return sha256(canonicalJson({ format: 1, base, keep: release.keep.toSorted(), sources: release.sources })).slice(0, 32);
}

async function fromRecord(release: Release, cache: string, description: string): Promise<FetchedTree | undefined> {
  const record = await readRecord(cache, description);
  if (record === undefined || record.tree.kind === "folder") return undefined;
  const folder = treeFolder(cache, record.key);
  const sealed = await readSealed(folder);
  if (sealed?.digest !== record.tree.digest) return undefined;
  return { ...record.tree, release: release.id, path: join(folder, "tree") };
}

async function fromSources(release: Release, options: FetchOptions, description: string, work: string): Promise<FetchedTree> {
  const failures: Failure[] = [];
  const unfit = new Set<string>();
  for (const source of release.sources) {
    for (const located of await choicesOf(release, source, options, failures)) {
      if (unfit.has(located.identity)) continue;
      const taken = await take(located, release, options.cache, join(work, `${failures.length}`), failures, source);
      if (taken === undefined) {
        if (isWrongAsAsked(failures.at(-1))) unfit.add(located.identity);
        continue;
      }
      const tree = fetchedTree(release, source, located, taken, failures);
      const day = release.date === undefined ? await dayOf(located) : undefined;
      await writeRecord(options.cache, description, { key: taken.key, tree, day });
      return tree;
    }
  }
  throw nothingServed(release, failures, options.offline === true);
}

/** What the source tells of the release's day; that it does not is no failure. */
async function dayOf({ day }: Located): Promise<ReleaseDay | undefined> {
  return await day?.().catch((error: unknown) => {
    if (error instanceof UnforkError) return undefined;
    throw error;
  });
}

/** The day that the source told when this release was fetched; undefined where it told none, or is not in the cache. */
export async function toldDay(release: Release, { cache, baseFolder }: FetchOptions): Promise<ReleaseDay | undefined> {
  return (await readRecord(resolve(cache), descriptionOf(release, baseFolder)))?.day;
}

/** The archive came whole and does not hold what is asked of it: the same archive from elsewhere would not either. */
function isWrongAsAsked(failure: Failure | undefined): boolean {
  return failure?.error instanceof UnforkError && failure.error.code === "input-invalid";
}

async function choicesOf(release: Release, source: Source, options: FetchOptions, failures: Failure[]): Promise<readonly Located[]> {
  const context: ProviderContext = { release: release.id, keep: release.keep, baseFolder: options.baseFolder, cache: options.cache };
  try {
    if (options.offline === true && !isLocal(source)) throw new UnforkError("network", "not asked: this run is offline");
    return await locate(source, context);
  } catch (error) {
    failures.push(failureOf(describeSource(source), error));
    return [];
  }
}

interface Taken extends TreeSummary {
  readonly key: string;
  readonly path: string;
}

async function take(
  located: Located,
  release: Release,
  cache: string,
  work: string,
  failures: Failure[],
  source: Source,
): Promise<Taken | undefined> {
  const key = treeKey(located.identity, release.keep);
  const folder = treeFolder(cache, key);
  try {
    const summary = (await readSealed(folder)) ?? (await fill(located, folder, work));
    return { ...summary, key, path: join(folder, "tree") };
  } catch (error) {
    failures.push(failureOf(nameOf(source, located), error));
    return undefined;
  }
}

function nameOf(source: Source, { origin }: Located): string {
  return origin.startsWith(`${source.kind} `) ? origin : `${source.kind} ${origin}`;
}

async function fill(located: Located, folder: string, work: string): Promise<TreeSummary> {
  const fresh = join(work, "finished");
  const parts = join(work, "parts");
  await makeFolder(fresh);
  await makeFolder(parts);
  const written = await located.fill(join(fresh, "tree"), parts);
  if (written.leftOut.length > 0) tellLeftOut(located, written.leftOut);
  await sealTree(fresh, written);
  if (await moveIn(fresh, folder)) return written;
  const others = await readSealed(folder);
  if (others !== undefined) return others;
  await discardTree(folder, work);
  await moveIn(fresh, folder);
  return written;
}

function tellLeftOut(located: Located, links: readonly string[]): void {
  const some = links.slice(0, 3).join(", ");
  const message = `${located.origin}: ${links.length} symbolic links lead out of the tree and were left out (${some}${links.length > 3 ? ", …" : ""})`;
  emit({ type: "finding", severity: "note", message });
}

function fetchedTree(release: Release, source: Source, located: Located, taken: Taken, failures: readonly Failure[]): FetchedTree {
  return {
    release: release.id,
    kind: source.kind,
    origin: located.origin,
    checksum: located.checksum,
    digest: taken.digest,
    path: taken.path,
    files: taken.files,
    bytes: taken.bytes,
    failed: failures.map(({ provider, why }) => ({ provider, why })),
  };
}

/** A failure as data, so that the next source is tried; a full disk and a bug of ours end the fetch at once. */
function failureOf(provider: string, error: unknown): Failure {
  if (!(error instanceof UnforkError)) throw error;
  if (["ENOSPC", "EDQUOT", "EROFS", "EFBIG"].includes(systemCodeOf(error.cause) ?? "")) throw error;
  return { provider, why: error.message, error };
}

/** The first of these that occurs is the code of the whole failure. */
const TELLING: readonly ErrorCode[] = [
  "checksum",
  "archive-invalid",
  "disk",
  "tool-missing",
  "tool-failed",
  "input-invalid",
  "input-missing",
];

function nothingServed(release: Release, failures: readonly Failure[], offline: boolean): UnforkError {
  const errors = failures.map(({ error }) => error).filter((error) => error instanceof UnforkError);
  const code = TELLING.find((telling) => errors.some((error) => error.code === telling)) ?? "network";
  const telling = errors.find((error) => error.code === code);
  const lines = failures.map(({ provider, why }) => `  ${provider}: ${why.replaceAll("\n", "\n    ")}`);
  const hint = offline ? "fetch this release once without --offline; later runs need no network" : telling?.hint;
  return new UnforkError(code, `cannot fetch ${release.id}: no source served\n${lines.join("\n")}`, {
    context: { release: release.id, ...telling?.context },
    ...(hint === undefined ? {} : { hint }),
    ...(telling === undefined ? {} : { cause: telling }),
  });
}
