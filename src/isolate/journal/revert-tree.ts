/** Owns taking an isolated tree back: into another folder, or where it stands. */
import { createHash } from "node:crypto";
import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { chmod, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";

import type { RevertResult } from "../../model/isolation-revert.js";
import { UnforkError } from "../../support/errors.js";
import { exists, replaceFolder, writeFileAtomic } from "../../support/fs.js";
import { takeLock } from "../../support/lock.js";
import { byText } from "../../support/order.js";
import { listTree } from "../engine/tree-files.js";
import { MARKER_FILE } from "../marker.js";
import { clearWork, eachOf, IN_PLACE_LOCK, openWork, replace, rollBack, WORK_FOLDER } from "./in-place.js";
import { type Journal, JOURNAL_FILE, readJournal } from "./journal-file.js";
import { planRevert, type PlannedFile, type RevertPlan } from "./plan-revert.js";

export interface RevertRequest {
  /** The isolated tree. */
  readonly source: string;
  /** A folder that does not exist or is empty; undefined: the tree itself. */
  readonly target: string | undefined;
  /** Everything but the writing. */
  readonly dryRun?: boolean;
}

/**
 * Gives back the original tree. Untouched files come back exactly, from their records; files that were edited, added or
 * moved since keep their edits and lose the flavor. Throws `input-invalid` (no isolated tree, no journal, an output
 * that is there), `state-invalid` (a damaged journal, or one that does not reach back), `locked` and `disk`.
 */
export async function revertTree(request: RevertRequest): Promise<RevertResult> {
  const known = statSync(request.source, { throwIfNoEntry: false });
  if (known?.isDirectory() !== true) throw missing(request.source, known !== undefined);
  if (request.target !== undefined || request.dryRun === true) return revertBeside(request);
  const release = await takeLock(join(request.source, IN_PLACE_LOCK), "unfork isolate revert");
  try {
    return await revertInPlace(request.source);
  } finally {
    await release();
  }
}

function missing(source: string, isThere: boolean): UnforkError {
  const what = isThere ? `${source} is no folder` : `there is no folder ${source}`;
  return new UnforkError(isThere ? "input-invalid" : "input-missing", what, { hint: "name the isolated tree" });
}

async function journalOf(source: string): Promise<Journal> {
  const journal = await readJournal(source);
  if (journal === undefined) {
    const marked = await exists(join(source, MARKER_FILE));
    throw new UnforkError("input-invalid", `${source} has no ${JOURNAL_FILE}${marked ? "" : " and is no isolated tree"}`, {
      hint: marked
        ? "without its journal the original bytes cannot be given back exactly: take them from the original tree"
        : "name the folder that `unfork isolate` wrote",
      context: { path: join(source, JOURNAL_FILE) },
    });
  }
  if (journal.complete) return journal;
  throw new UnforkError("state-invalid", `the journal of ${source} does not reach back to the original tree`, {
    hint: "the tree bore its flavor already, without a journal, when this one was made: take the original from elsewhere",
    context: { path: join(source, JOURNAL_FILE) },
  });
}

async function revertBeside({ source, target, dryRun }: RevertRequest): Promise<RevertResult> {
  const journal = await journalOf(source);
  const plan = planRevert(source, listTree(source), journal);
  if (target === undefined || dryRun === true) return account(journal, target ?? source, plan, [...plan.files()].map(light));
  await refuseTarget(source, target);
  return replaceFolder(target, async (folder) => {
    for (const path of plan.folders) mkdirSync(join(folder, path), { recursive: true });
    const written: LightFile[] = [];
    for (const file of plan.files()) {
      mkdirSync(dirname(join(folder, file.to)), { recursive: true });
      writeFileSync(join(folder, file.to), file.bytes, { flag: "wx", mode: file.mode });
      await chmod(join(folder, file.to), file.mode);
      written.push(light(file));
    }
    for (const { to, target: link } of plan.links) symlinkSync(link, join(folder, to));
    return account(journal, target, plan, written);
  });
}

function isInside(path: string, folder: string): boolean {
  return `${resolve(path)}${sep}`.startsWith(`${resolve(folder)}${sep}`);
}

async function refuseTarget(source: string, target: string): Promise<void> {
  if (isInside(target, source) || isInside(source, target)) {
    throw new UnforkError("input-invalid", `the output ${target} and the tree ${source} lie inside each other`, {
      hint: "choose a folder outside of the tree",
    });
  }
  if (!(await exists(target))) return;
  const listing = listTree(target);
  if (listing.files.length + listing.folders.length + listing.skipped.length === 0) return;
  throw new UnforkError("input-invalid", `the output ${target} is there already`, {
    hint: "choose a folder that does not exist yet; nothing there was touched",
  });
}

/** A run that was killed before its commit has changed nothing. */
async function refuseOriginal(source: string): Promise<void> {
  if ((await exists(join(source, JOURNAL_FILE))) || (await exists(join(source, MARKER_FILE)))) return;
  throw new UnforkError("input-invalid", `${source} is the original tree: an isolation in place was killed before it changed a file`, {
    hint: "there is nothing to take back; what the killed run left is removed",
  });
}

/** Each step leaves a tree that the next run takes up: what is back already is found to be so by its CRC-32. The journal goes last. */
async function revertInPlace(source: string): Promise<RevertResult> {
  const wasBegun = await exists(join(source, WORK_FOLDER));
  await rollBack(source);
  if (wasBegun) await refuseOriginal(source);
  const journal = await journalOf(source);
  const plan = planRevert(source, listTree(source), journal);
  const folder = await openWork(source);
  const written: LightFile[] = [];
  for (const batch of batchesOf(plan.files())) {
    await eachOf(batch, (file) => putBack(source, folder, file));
    written.push(...batch.map(light));
  }
  for (const { from, to, target } of plan.links) await relink(source, from, to, target);
  for (const path of plan.dropped) await rm(join(source, path), { force: true });
  const result = account(journal, source, plan, written);
  await rm(join(source, MARKER_FILE), { force: true });
  await rm(join(source, JOURNAL_FILE), { force: true });
  await clearWork(source);
  return result;
}

/** A file's new bytes take its place by one rename; the temporary name lies in the work folder, where a killed run may leave it. */
async function putBack(source: string, folder: string, file: PlannedFile): Promise<void> {
  const [from, to] = [join(source, file.from), join(source, file.to)];
  if (file.to !== file.from) mkdirSync(dirname(to), { recursive: true });
  if (!file.changed) return file.to === file.from ? undefined : rename(from, to);
  const fresh = join(folder, file.from);
  await writeFileAtomic(fresh, file.bytes, 0o600);
  await chmod(fresh, file.mode);
  await replace(fresh, from, to);
}

/** Bytes that are held at the same time. */
const BATCH_BYTES = 16 << 20;

function* batchesOf(files: Generator<PlannedFile>): Generator<PlannedFile[]> {
  let batch: PlannedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    batch.push(file);
    bytes += file.bytes.length;
    if (bytes < BATCH_BYTES) continue;
    yield batch;
    [batch, bytes] = [[], 0];
  }
  yield batch;
}

async function relink(source: string, from: string, to: string, target: string): Promise<void> {
  if (from === to && !(await isOther(join(source, from), target))) return;
  await rm(join(source, from), { force: true });
  mkdirSync(dirname(join(source, to)), { recursive: true });
  await symlink(target, join(source, to));
}

async function isOther(path: string, target: string): Promise<boolean> {
  const { readlink } = await import("node:fs/promises");
  return (await readlink(path)) !== target;
}

type LightFile = Omit<PlannedFile, "bytes"> & { readonly sha256: string };

/** What is remembered of a file once its bytes are written. */
function light({ bytes, ...rest }: PlannedFile): LightFile {
  return { ...rest, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function account(journal: Journal, path: string, plan: RevertPlan, files: readonly LightFile[]): RevertResult {
  const edited = files.filter(({ origin, status }) => origin !== "new" && status === "edited");
  return {
    flavor: journal.flavor,
    release: journal.release,
    path: resolve(path),
    digest: digestOf(plan, files),
    files: files.length + plan.links.length,
    exact: files.filter(({ status, origin }) => status === "exact" && origin !== "new").length,
    edited: edited.map(({ to, names, missing: lost }) => ({ file: to, names, missing: lost })),
    added: files.filter(({ origin }) => origin === "new").map(({ to, names }) => ({ file: to, names })),
    deleted: [...plan.deleted],
    moved: files.flatMap(({ before, from }) => (before === undefined ? [] : [{ from: before, to: from }])),
    left: files.flatMap(({ to, left }) => left.map(({ line, token }) => ({ file: to, line, token }))),
  };
}

/** As isolation computes it: links by target, then files by mode and content, each in the order of paths. */
function digestOf({ links }: RevertPlan, files: readonly LightFile[]): string {
  const digest = createHash("sha256");
  for (const { to, target } of links.toSorted((a, b) => byText(a.to, b.to))) digest.update(`${to}\0link\0${target}\n`);
  for (const { to, mode, sha256 } of files.toSorted((a, b) => byText(a.to, b.to))) digest.update(`${to}\0${mode.toString(8)}\0${sha256}\n`);
  return digest.digest("hex");
}
