/**
 * Owns the update of an output when what changed in a few files is of no concern to the others: the files as they were come out
 * of output and journal, and are asked what the last run asked; when those of now answer alike, its decision holds.
 */
import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { deserialize } from "node:v8";

import type { IsolationPlan, IsolationResult } from "../model/isolation.js";
import { randomId } from "../support/random.js";
import { applyUpdate, openStaging } from "./engine/apply-update.js";
import type { ReadContent } from "./engine/file-content.js";
import { NO_STAMP } from "./engine/file-stamp.js";
import { bytesOf, type LastRun, rememberUpdated } from "./engine/finished-run.js";
import { createLocalPart } from "./engine/part-local.js";
import type { PartResult, WrittenFile } from "./engine/part-model.js";
import type { RunCourse } from "./engine/run-course.js";
import { sameAnswers } from "./engine/same-answers.js";
import { stagedFiles, stageOwn } from "./engine/stage-files.js";
import type { IsolateRequest } from "./isolate-tree.js";
import { digestOf, undecidedOf } from "./isolation-result.js";
import { DIGEST_BYTES, encodeJournal, type Journal, JOURNAL_FILE, readJournal } from "./journal/journal-file.js";
import { originalBytes } from "./journal/original-bytes.js";
import { shareOf } from "./open-parts.js";

/** What a run leaves for this one. */
export interface RunMemory {
  /** With its namespaces. */
  readonly plan: IsolationPlan;
  readonly course: RunCourse;
}

type Last = LastRun<IsolationResult>;

/**
 * Updates the output, or gives undefined, with the output as it was, when the whole tree must be decided anew. The result is
 * the one of a whole run. Throws `disk`, `input-missing`, `state-invalid`.
 */
export async function updateFew(request: IsolateRequest, last: Last): Promise<IsolationResult | undefined> {
  const journal = await readJournal(request.target);
  const originals = journal === undefined ? undefined : originalsOf(request, last, journal);
  if (journal === undefined || originals === undefined || request.plan.namespaces.length === 0) return undefined;
  const { plan, course } = deserialize(last.run.memory) as RunMemory;
  const share = shareOf({ ...request, plan }, last.listing, last.changed.keys());
  const before = createLocalPart(share, () => undefined, { read: originals });
  const now = createLocalPart(share, () => undefined);
  const asked = await sameAnswers(before, now, course.asked);
  if (asked === undefined) return undefined;
  const staging = await openStaging(`${request.target}.${randomId()}.new`);
  try {
    const was = await before.write(course.decision, { folder: undefined, created: false, earlier: undefined });
    const is = await now.write(course.decision, { folder: staging, created: false, earlier: undefined, staged: request.target });
    const account = accountAfter(last, { was, is });
    if (account === undefined) return undefined;
    const bytes = encodeJournal(journalAfter(journal, last, account, is.files));
    const files = [...stagedFiles(staging, last.listing), ...(await stageOwn(request.target, staging, [{ path: JOURNAL_FILE, bytes }]))];
    if (files.length > 0) await applyUpdate(request.target, staging, files);
    const memory: RunMemory = { plan, course: { ...course, asked } };
    rememberUpdated(request.target, last, { files: is.files, account, memory });
    return account;
  } finally {
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** What became of the changed files then and now. */
interface Change {
  readonly was: PartResult;
  readonly is: PartResult;
}

/** Reads the changed files as they were; undefined when one does not come back exactly. */
function originalsOf({ source, target, flavor }: IsolateRequest, { listing, changed }: Last, journal: Journal): ReadContent | undefined {
  const steps = new Map(journal.files.map((entry) => [entry.path, entry.steps]));
  const originals = new Map<string, Buffer>();
  for (const index of changed.keys()) {
    const path = listing.files[index]?.path as string;
    const original = originalBytes(readFileSync(join(target, path)), steps.get(path) ?? [], `_${flavor}`);
    if (original === undefined) return undefined;
    originals.set(join(resolve(source), path), original);
  }
  return (path) => {
    const bytes = originals.get(path) as Buffer;
    return { bytes, once: () => bytes, mode: 0, stamp: NO_STAMP };
  };
}

/** The account with the changed files' share replaced; undefined when a name is renamed for the first time, or a warning may be another one. */
function accountAfter({ run, listing, changed }: Last, { was, is }: Change): IsolationResult | undefined {
  if (was.stringized.length + is.stringized.length > 0) return undefined;
  const { account } = run;
  const edits = editsAfter(account, { was, is });
  if (edits === undefined) return undefined;
  const update = <T extends { readonly from: string }>(names: readonly T[]): T[] =>
    names.flatMap((name) => ((edits.get(name.from) ?? 0) > 0 ? [{ ...name, edits: edits.get(name.from) as number }] : []));
  const files = new Map(is.files.map((file) => [file.index, file]));
  const paths = new Set([...changed.keys()].map((index) => listing.files[index]?.path));
  const less = (count: (files: readonly WrittenFile[]) => number): number => count(is.files) - count(was.files);
  return {
    ...account,
    digest: digestOf(listing, (index) => files.get(index) ?? bytesOf(run, index)),
    changedFiles: account.changedFiles + less((list) => list.filter(({ undo }) => undo !== undefined).length),
    bytes: account.bytes + less((list) => list.reduce((sum, { bytes }) => sum + bytes, 0)),
    edits: account.edits + less((list) => list.reduce((sum, file) => sum + file.edits, 0)),
    namespaces: update(account.namespaces),
    names: update(account.names),
    undecided: undecidedOf([...account.undecided.filter(({ file }) => !paths.has(file)), ...is.undecided]),
  };
}

function editsAfter(account: IsolationResult, { was, is }: Change): Map<string, number> | undefined {
  const edits = new Map([...account.namespaces, ...account.names].map(({ from, edits: count }) => [from, count]));
  if (is.counts.some(([name]) => !edits.has(name))) return undefined;
  for (const [name, count] of was.counts) edits.set(name, (edits.get(name) ?? 0) - count);
  for (const [name, count] of is.counts) edits.set(name, (edits.get(name) ?? 0) + count);
  return edits;
}

function journalAfter(journal: Journal, { listing }: Last, account: IsolationResult, written: readonly WrittenFile[]): Journal {
  const steps = new Map(
    written.map(({ index, sha256, undo }) => {
      const step = {
        sha256: Buffer.from(sha256, "hex").subarray(0, DIGEST_BYTES),
        undo: undo === undefined ? undefined : Buffer.from(undo),
      };
      return [listing.files[index]?.path as string, [step]];
    }),
  );
  const names = [...account.namespaces, ...account.names].map(({ from }) => from);
  const files = journal.files.map((entry) => ({ path: entry.path, steps: steps.get(entry.path) ?? entry.steps }));
  return { ...journal, names: names.toSorted(), files };
}
