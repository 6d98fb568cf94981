/** Owns bringing an output up to date: only what changed since the last run is read again and written. */
import { join, resolve } from "node:path";

import type { IsolationResult } from "../model/isolation.js";
import { exists } from "../support/fs.js";
import { removeTemporary, temporaryBeside } from "../support/temporary-folders.js";
import { applyUpdate, type StagedFile } from "./engine/apply-update.js";
import { stagedFiles, stageOwn } from "./engine/stage-files.js";
import { NO_STAMP, STAMP_NUMBERS } from "./engine/file-stamp.js";
import { lastRun, type LastRun, mayBeFinished, type PartStamps, rememberFinished } from "./engine/finished-run.js";
import { createLocalPart } from "./engine/part-local.js";
import type { Remembered } from "./engine/part-restore.js";
import { tellProgress } from "./engine/progress.js";
import { readRun, stateKey } from "./engine/run-state.js";
import { accountOf, type IsolateRequest, journalOf } from "./isolate-tree.js";
import { encodeJournal, JOURNAL_FILE } from "./journal/journal-file.js";
import { MARKER_FILE, markerText } from "./marker.js";
import { type Prepared, rewriteRequest } from "./prepare.js";
import { type Rewritten, rewriteParts } from "./rewrite-parts.js";
import type { RunMemory } from "./update-few.js";

/** Digest of all that the output of a request depends on besides the input; undefined where it depends on more. */
export function wholeKey({ flavor, release, source, target, plan, isOriginal, ...rest }: IsolateRequest): string | undefined {
  const { commands, dryRun, keepState } = rest;
  if (commands !== undefined || dryRun === true || keepState === false || plan.expose.length > 0) return undefined;
  return stateKey({ flavor, release, source: resolve(source), target: resolve(target), plan, isOriginal: isOriginal === true });
}

/** The run that made this output, when nobody touched that since and little changed in the input; otherwise undefined. */
export async function lastRunOf(request: IsolateRequest): Promise<LastRun<IsolationResult> | undefined> {
  const { source, target } = request;
  if (!mayBeFinished(target) || (await wasIsolated(source))) return undefined;
  const key = wholeKey(request);
  return key === undefined ? undefined : lastRun<IsolationResult>(source, target, key);
}

async function wasIsolated(source: string): Promise<boolean> {
  return (await exists(join(source, JOURNAL_FILE))) || (await exists(join(source, MARKER_FILE)));
}

/** Lets the next run know this one by the stamps of its files, and what was decided. */
export function remember(
  request: IsolateRequest,
  prepared: Prepared,
  rewritten: Rewritten,
  stamps: readonly PartStamps[],
  account: IsolationResult,
): void {
  const key = wholeKey(request);
  if (key === undefined || prepared.prior !== undefined || prepared.wasMarked) return;
  const files = rewritten.results.flatMap((result) => result.files);
  const memory: RunMemory = { plan: prepared.effective.plan, course: rewritten.course, counted: prepared.effective.counted };
  const own = [JOURNAL_FILE, MARKER_FILE];
  rememberFinished({ target: request.target, key, listing: prepared.listing, stamps, files, own, account, memory });
}

/** The stamps of a part behind an update: outputs that were written again are known by their bytes. */
function stampsAfter({ state, changed }: Remembered, isWritten: (index: number) => boolean): PartStamps {
  const [sources, outputs] = [state.sources.slice(), state.outputs.slice()];
  for (const [at, { index }] of state.request.files.entries()) {
    const stamp = changed.get(index);
    if (stamp !== undefined) sources.set(stamp, at * STAMP_NUMBERS);
    if (stamp !== undefined || isWritten(index)) outputs.set(NO_STAMP, at * STAMP_NUMBERS);
  }
  return { request: state.request, sources, outputs };
}

/** Digest of all that the output of a request depends on besides the input's bytes. */
export function requestKey({ flavor, release, source, target, plan, isOriginal }: IsolateRequest, { effective }: Prepared): string {
  return stateKey({
    flavor,
    release,
    source: resolve(source),
    target: resolve(target),
    plan,
    effective: effective.plan,
    isOriginal: isOriginal === true,
  });
}

/**
 * Updates the output of an earlier run of the same request, or gives undefined when that left nothing to build on. The
 * result is the one of a whole run. Throws what {@link rewriteParts} throws and `disk`; then the output is as it was.
 */
export async function updateTree(request: IsolateRequest, prepared: Prepared, key: string): Promise<IsolationResult | undefined> {
  const { listing } = prepared;
  const remembered = await readRun(request.source, request.target, key, listing);
  if (remembered === undefined) return undefined;
  const told = tellProgress(listing.files.length, remembered.length);
  const parts = remembered.map((known, index) => createLocalPart(known.state.request, told(index), { remembered: known }));
  const staging = await temporaryBeside(request.target);
  try {
    const output = { folder: staging, earlier: undefined, created: false, staged: request.target };
    const rewritten = await rewriteParts(rewriteRequest(request, prepared), parts, output, Promise.resolve());
    const files = [...stagedFiles(staging, prepared.listing), ...(await ownFiles(request, prepared, rewritten, staging))];
    if (files.length > 0) await applyUpdate(request.target, staging, files);
    const account = accountOf(request, prepared, rewritten);
    const written = new Set(files.map(([name]) => name));
    const stamps = remembered.map((known) => stampsAfter(known, (index) => written.has(String(index))));
    remember(request, prepared, rewritten, stamps, account);
    return account;
  } finally {
    await removeTemporary(staging);
  }
}

/** Journal and marker, where they are not in the output as they are now. */
async function ownFiles(request: IsolateRequest, prepared: Prepared, rewritten: Rewritten, staging: string): Promise<StagedFile[]> {
  const own = [
    { path: JOURNAL_FILE, bytes: encodeJournal(journalOf(request, prepared, rewritten)) },
    { path: MARKER_FILE, bytes: Buffer.from(markerText(request.flavor, request.release, request.plan)) },
  ];
  return stageOwn(request.target, staging, own);
}
