/** Owns the isolation of one tree into another folder: list, read, decide the names, rewrite, put the new tree in place. */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { IsolationPlan, IsolationResult } from "../model/isolation.js";
import { exists, replaceFolder } from "../support/fs.js";
import { checkRequest } from "./check-request.js";
import { finishUpdate } from "./engine/apply-update.js";
import { createAhead } from "./engine/create-ahead.js";
import type { Part } from "./engine/part-model.js";
import { endProgress } from "./engine/progress.js";
import { saveRun } from "./engine/run-state.js";
import { hasThreads } from "./engine/thread.js";
import { listTree, type Tree } from "./engine/tree-files.js";
import { resultOf } from "./isolation-result.js";
import { buildJournal } from "./journal/build-journal.js";
import { encodeJournal, type Journal, JOURNAL_FILE, readJournal } from "./journal/journal-file.js";
import { MARKER_FILE, markerText, readMarker } from "./marker.js";
import { FILES_WORTH_A_THREAD, openParts } from "./open-parts.js";
import { checkPolicy } from "./policy/check-policy.js";
import { type EffectivePlan, effectivePlan } from "./policy/effective-plan.js";
import { type Rewritten, rewriteParts } from "./rewrite-parts.js";
import { requestKey, updateTree } from "./update-tree.js";

export interface IsolateRequest {
  /** The suffix without its underscore. */
  readonly flavor: string;
  readonly release: string;
  /** Input tree; only read. */
  readonly source: string;
  /** Output folder; replaced as a whole. */
  readonly target: string;
  readonly plan: IsolationPlan;
  /** Threads; default: one for a small tree, else one per processor but one, at most 4. The result does not depend on it. */
  readonly jobs?: number;
  /** Everything but the writing. */
  readonly dryRun?: boolean;
  /** Whether the output carries what the next run needs to write only what changed; default: for all but small trees. */
  readonly keepState?: boolean;
  /** The tree is an original one, though all its names end alike. */
  readonly isOriginal?: boolean;
}

/** What a run knows before it opens its parts. */
export interface Prepared {
  readonly listing: Tree;
  readonly effective: EffectivePlan;
  /** Journal of the input, when it was isolated already. */
  readonly prior: Journal | undefined;
  readonly wasMarked: boolean;
}

/**
 * Writes the tree with every external name bearing the flavor. Files whose new bytes equal an earlier output's keep
 * that file with its time. Throws `input-invalid` (a namespace that no file opens, a tree of another flavor, an output
 * inside the input or that is somebody's folder, a new name that is taken), `config-invalid` (a policy that contradicts
 * itself), `input-missing` and `disk`; then `target` is as it was.
 */
export async function isolateTree(request: IsolateRequest): Promise<IsolationResult> {
  if (request.dryRun !== true) await finishUpdate(request.target);
  await checkRequest(request);
  const prepared = await prepare(request);
  const key = keepsState(request, prepared) ? requestKey(request, prepared) : undefined;
  const updated = key === undefined ? undefined : await updateTree(request, prepared, key).finally(endProgress);
  if (updated !== undefined) return updated;
  const parts = openParts({ ...request, plan: prepared.effective.plan }, prepared.listing);
  try {
    const rewritten = request.dryRun === true ? await dryRun(request, prepared, parts) : await writeTree(request, prepared, parts);
    if (key !== undefined) await saveRun(request.target, key, prepared.listing, parts);
    return accountOf(request, prepared, rewritten);
  } finally {
    await Promise.all(parts.map((part) => part.close()));
    endProgress();
  }
}

/** Whether the output carries a state, so that the next run reads and writes only what changed. */
function keepsState(request: IsolateRequest, { listing }: Prepared): boolean {
  return request.dryRun !== true && (request.keepState ?? listing.files.length >= FILES_WORTH_A_THREAD);
}

/** Lists the tree and settles what the plan leaves open. */
export async function prepare({ source, flavor, plan }: Pick<IsolateRequest, "source" | "flavor" | "plan">): Promise<Prepared> {
  checkPolicy(plan, "the policy");
  const prior = await readJournal(source);
  const own = new Set((prior?.added ?? []).map(([path]) => path));
  const tree = listTree(source);
  const listing = { ...tree, files: tree.files.filter(({ path }) => !own.has(path)) };
  const regular = listing.files.flatMap(({ path, link }) => (link === undefined ? [path] : []));
  const effective = effectivePlan(plan, `_${flavor}`, resolve(source), regular);
  return { listing, effective, prior, wasMarked: (await readMarker(source)) !== undefined };
}

async function dryRun(request: IsolateRequest, prepared: Prepared, parts: readonly Part[]): Promise<Rewritten> {
  return rewriteParts(
    rewriteRequest(request, prepared),
    parts,
    { folder: undefined, earlier: undefined, created: false },
    Promise.resolve(),
  );
}

async function writeTree(request: IsolateRequest, prepared: Prepared, parts: readonly Part[]): Promise<Rewritten> {
  const { listing } = prepared;
  const earlier = (await exists(request.target)) ? request.target : undefined;
  return replaceFolder(request.target, async (folder) => {
    const inThread = hasThreads && parts.length === 1 && earlier === undefined && listing.files.length >= FILES_WORTH_A_THREAD;
    const creation = createAhead({ source: resolve(request.source), folder, ...listing }, inThread);
    const output = { folder, earlier, created: creation.created };
    const rewriting = rewriteParts(rewriteRequest(request, prepared), parts, output, creation.done);
    await Promise.allSettled([rewriting, creation.done]);
    const rewritten = await rewriting;
    await writeFile(join(folder, MARKER_FILE), markerText(request.flavor, request.release, request.plan));
    await writeFile(join(folder, JOURNAL_FILE), encodeJournal(journalOf(request, prepared, rewritten)));
    return rewritten;
  });
}

export function rewriteRequest(
  request: Omit<IsolateRequest, "target">,
  { listing, effective, prior, wasMarked }: Prepared,
): Parameters<typeof rewriteParts>[0] {
  const known = new Set(prior?.names);
  return {
    plan: effective.plan,
    flavor: request.flavor,
    source: request.source,
    files: listing.files.map(({ path }) => path),
    isOriginal: request.isOriginal === true,
    isKnown: prior === undefined ? () => wasMarked : (name) => known.has(name),
  };
}

export function journalOf(request: Omit<IsolateRequest, "target">, prepared: Prepared, rewritten: Rewritten): Journal {
  return buildJournal({
    flavor: request.flavor,
    release: request.release,
    paths: prepared.listing.files.map(({ path }) => path),
    results: rewritten.results,
    added: [],
    prior: prepared.prior,
    wasFlavored: prepared.wasMarked || rewritten.wasFlavored,
  });
}

export function accountOf(request: IsolateRequest, { listing, effective }: Prepared, rewritten: Rewritten): IsolationResult {
  const { flavor, release, target } = request;
  const frame = { flavor, release, target, namespaces: effective.plan.namespaces, kindOf: rewritten.kindOf };
  return {
    ...resultOf(frame, listing, rewritten.results),
    found: effective.found.map(({ name, verdict, why }) => ({ name, verdict, why })),
    exposed: [],
    skipped: [...listing.skipped],
    warnings: [...rewritten.warnings],
  };
}
