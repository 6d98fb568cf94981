/** Owns the isolation of one tree into another folder: list, read, decide the names, rewrite, put the new tree in place. */
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { IsolationPlan, IsolationResult } from "../model/isolation.js";
import type { CompileCommand } from "../toolchain/compile-database.js";
import { wallClockMs } from "../support/clock.js";
import { expectTreeRun } from "../support/engine-flags.js";
import { exists, replaceFolder } from "../support/fs.js";
import { checkRequest } from "./check-request.js";
import { finishUpdate } from "./engine/apply-update.js";
import { createAhead } from "./engine/create-ahead.js";
import { buildsByTimes, keepTimeOrder } from "./engine/time-order.js";
import type { Part } from "./engine/part-model.js";
import { endProgress } from "./engine/progress.js";
import { saveRun } from "./engine/run-state.js";
import { hasThreads } from "../support/thread.js";
import { type Exposed, exposeFiles } from "./expose/expose-files.js";
import { renamedBy, resultOf } from "./isolation-result.js";
import { buildJournal } from "./journal/build-journal.js";
import { encodeJournal, type Journal, JOURNAL_FILE } from "./journal/journal-file.js";
import { shortDigest } from "./journal/original-bytes.js";
import { MARKER_FILE, markerText } from "./marker.js";
import { FILES_WORTH_A_THREAD, openParts } from "./open-parts.js";
import { prepare, type Prepared, rewriteRequest, tryParts } from "./prepare.js";
import { type Rewritten, rewriteParts } from "./rewrite-parts.js";
import { updateFew } from "./update-few.js";
import { lastRunOf, remember, requestKey, updateTree } from "./update-tree.js";

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
  /** Commands that compile the tree: the compiler is asked about tokens that the text alone does not decide. */
  readonly commands?: readonly CompileCommand[];
}

/**
 * Writes the tree with every external name bearing the flavor. Files whose new bytes equal an earlier output's keep
 * that file with its time. Throws `input-invalid` (a namespace that no file opens, a tree of another flavor, an output
 * inside the input or that is somebody's folder, a new name that is taken), `config-invalid` (a policy that contradicts
 * itself), `input-missing` and `disk`; then `target` is as it was.
 */
export async function isolateTree(request: IsolateRequest): Promise<IsolationResult> {
  expectTreeRun();
  if (request.dryRun !== true) await finishUpdate(request.target);
  await checkRequest(request);
  const last = await lastRunOf(request);
  if (last?.changed.size === 0) return last.run.account;
  const quickly = last === undefined ? undefined : await updateFew(request, last);
  if (quickly !== undefined) return quickly;
  const prepared = await prepare(request);
  const key = keepsState(request, prepared) ? requestKey(request, prepared) : undefined;
  const updated = key === undefined ? undefined : await updateTree(request, prepared, key).finally(endProgress);
  if (updated !== undefined) return updated;
  const parts = openParts({ ...request, plan: prepared.effective.plan }, prepared.listing);
  let closing: Promise<void> | undefined;
  try {
    const rewritten = request.dryRun === true ? await tryParts(request, prepared, parts) : await writeTree(request, prepared, parts);
    const saved = key === undefined ? undefined : await saveRun(request.target, key, prepared.listing, parts);
    // The threads end while the account is made.
    closing = closeAll(parts);
    const account = accountOf(request, prepared, rewritten);
    if (saved !== undefined) remember(request, prepared, rewritten, saved, account);
    return account;
  } finally {
    await (closing ?? closeAll(parts));
    endProgress();
  }
}

async function closeAll(parts: readonly Part[]): Promise<void> {
  await Promise.all(parts.map((part) => part.close()));
}

/** Whether the output carries a state, so that the next run reads and writes only what changed. */
function keepsState(request: IsolateRequest, { listing }: Prepared): boolean {
  if (request.dryRun === true || request.plan.expose.length > 0 || request.plan.paths === "rename") return false;
  return request.keepState ?? listing.files.length >= FILES_WORTH_A_THREAD;
}

async function writeTree(request: IsolateRequest, prepared: Prepared, parts: readonly Part[]): Promise<Rewritten> {
  const { listing } = prepared;
  const earlier = (await exists(request.target)) ? request.target : undefined;
  const since = wallClockMs();
  return replaceFolder(request.target, async (folder) => {
    const inThread = hasThreads && parts.length === 1 && earlier === undefined && listing.files.length >= FILES_WORTH_A_THREAD;
    const creation = createAhead({ source: resolve(request.source), folder, ...listing }, inThread);
    const output = { folder, earlier, created: creation.created };
    const rewriting = rewriteParts(rewriteRequest(request, prepared), parts, output, creation.done);
    await Promise.allSettled([rewriting, creation.done]);
    const rewritten = await rewriting;
    await writeFile(join(folder, MARKER_FILE), markerText(request.flavor, request.release, request.plan));
    const exposed = exposedBy(request, prepared, rewritten);
    for (const [path, text] of exposed.files) await writeFile(join(folder, path), text, { flag: "wx" });
    await writeFile(join(folder, JOURNAL_FILE), encodeJournal(journalOf(request, prepared, rewritten)));
    if (buildsByTimes(listing)) keepTimeOrder(request.source, folder, listing.files, since);
    return rewritten;
  });
}

export function journalOf(request: Omit<IsolateRequest, "target">, prepared: Prepared, rewritten: Rewritten): Journal {
  return buildJournal({
    flavor: request.flavor,
    release: request.release,
    listed: prepared.listing.files,
    results: rewritten.results,
    added: exposedBy(request, prepared, rewritten).files.map(([path, text]) => [path, shortDigest(Buffer.from(text))]),
    prior: prepared.prior,
    wasFlavored: prepared.wasMarked || rewritten.wasFlavored,
  });
}

/** The files by which renamed names are reached under their old spelling. */
export function exposedBy(
  request: Pick<IsolateRequest, "flavor" | "plan">,
  { effective }: Prepared,
  { results, kindOf, isMany, isInC }: Rewritten,
): Exposed {
  if (request.plan.expose.length === 0) return { files: [], names: [], warnings: [] };
  return exposeFiles({
    plan: request.plan,
    flavor: request.flavor,
    ...(isMany === undefined ? {} : { isMany }),
    ...(isInC === undefined ? {} : { isInC }),
    ...renamedBy(results, request.flavor, effective.plan.namespaces, kindOf),
  });
}

export function accountOf(request: IsolateRequest, prepared: Prepared, rewritten: Rewritten): IsolationResult {
  const { listing, effective, settled } = prepared;
  const { flavor, release, target } = request;
  const frame = { flavor, release, target, namespaces: effective.plan.namespaces, kindOf: rewritten.kindOf };
  const exposed = exposedBy(request, prepared, rewritten);
  return {
    ...resultOf(frame, listing, rewritten.results),
    decided: [...settled.decided],
    found: effective.found.map(({ name, verdict, why }) => ({ name, verdict, why })),
    exposed: [...exposed.names],
    skipped: [...listing.skipped],
    warnings: [...settled.warnings, ...namesLeft(effective.found), ...rewritten.warnings, ...exposed.warnings],
  };
}

/** Namespaces whose names no code of the tree tells, and another library's, to which the tree adds. */
function namesLeft(found: Prepared["effective"]["found"]): string[] {
  return found.flatMap(({ name, verdict, why, definitions, header }) => {
    if (verdict === "foreign" && header !== undefined && why.includes(header))
      return [
        `the namespace ${name} is another library's (${header}): the names that the tree defines in it (${definitions}) stay as they are, in every flavor, until a policy's \`rename\` takes them; --namespace ${name} says that it is the tree's own`,
      ];
    return verdict === "named by a macro" && definitions > 0
      ? [`the namespace ${name} keeps the name that the macro gives it: no code of the tree tells it; set it where the build does`]
      : [];
  });
}
