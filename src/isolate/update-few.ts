/**
 * Owns the update of an output when what changed in a few files is of no concern to the others: the files as they were come out
 * of output and journal, and are asked what the last run asked; when those of now answer alike, its decision holds.
 */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { deserialize } from "node:v8";

import type { IsolationPlan, IsolationResult } from "../model/isolation.js";
import { removeTemporary, temporaryBeside } from "../support/temporary-folders.js";
import { applyUpdate } from "./engine/apply-update.js";
import { createContents, type FileContent, type ReadContent } from "./engine/file-content.js";
import { NO_STAMP } from "./engine/file-stamp.js";
import { bytesOf, type LastRun, rememberUpdated } from "./engine/finished-run.js";
import { createLocalPart } from "./engine/part-local.js";
import type { PartResult, WrittenFile } from "./engine/part-model.js";
import type { RunCourse } from "./engine/run-course.js";
import { sameAnswers } from "./engine/same-answers.js";
import { stagedFiles, stageOwn } from "./engine/stage-files.js";
import { type ChangedFile, type FoundAfter, foundAfter } from "./found-after.js";
import type { CountedNamespaces } from "./inventory/namespaces-after.js";
import type { IsolateRequest } from "./isolate-tree.js";
import { digestOf, undecidedOf } from "./isolation-result.js";
import { DIGEST_BYTES, encodeJournal, type Journal, JOURNAL_FILE, readJournal } from "./journal/journal-file.js";
import { originalBytes } from "./journal/original-bytes.js";
import { isScript } from "./scripts-naming.js";
import { shareOf } from "./open-parts.js";

/** What a run leaves for this one. */
export interface RunMemory {
  /** With its namespaces. */
  readonly plan: IsolationPlan;
  readonly course: RunCourse;
  /** Where the namespaces were found rather than given. */
  readonly counted?: CountedNamespaces | undefined;
}

type Last = LastRun<IsolationResult>;

/**
 * Updates the output, or gives undefined, with the output as it was, when the whole tree must be decided anew. The result is
 * the one of a whole run. Throws `disk`, `input-missing`, `state-invalid`.
 */
export async function updateFew(request: IsolateRequest, last: Last): Promise<IsolationResult | undefined> {
  const journal = await readJournal(request.target);
  const mayBeFew = !concernsShares(request, last) && !concernsScripts(last);
  const files = journal === undefined || !mayBeFew ? undefined : changedFiles(request, last, journal);
  if (journal === undefined || files === undefined) return undefined;
  const { plan, course, counted } = deserialize(last.run.memory) as RunMemory;
  const spaces = request.plan.namespaces.length > 0 ? NONE_SOUGHT : counted && (await foundAfter(plan, counted, files));
  if (spaces === undefined) return undefined;
  const share = shareOf({ ...request, plan }, last.listing, last.changed.keys());
  const before = createLocalPart(share, () => undefined, { read: readerOf(request, files, "before") });
  const now = createLocalPart(share, () => undefined, { read: readerOf(request, files, "now") });
  const asked = await sameAnswers(before, now, course.asked);
  if (asked === undefined) return undefined;
  const staging = await temporaryBeside(request.target);
  try {
    const was = await before.write(course.decision, { folder: undefined, created: false, earlier: undefined });
    const is = await now.write(course.decision, { folder: staging, created: false, earlier: undefined, staged: request.target });
    const account = accountAfter(last, { was, is, found: spaces.found });
    if (account === undefined) return undefined;
    const bytes = encodeJournal(journalAfter(journal, last, account, is.files));
    const staged = [...stagedFiles(staging, last.listing), ...(await stageOwn(request.target, staging, [{ path: JOURNAL_FILE, bytes }]))];
    if (staged.length > 0) await applyUpdate(request.target, staging, staged);
    const memory: RunMemory = { plan, course: { ...course, asked }, counted: spaces.counted };
    rememberUpdated(request.target, last, { files: is.files, account, memory });
    return account;
  } finally {
    await removeTemporary(staging);
  }
}

/** Where the namespaces are given. */
const NONE_SOUGHT: Partial<FoundAfter> = {};

/** What became of the changed files then and now. */
interface Change {
  readonly was: PartResult;
  readonly is: PartResult;
  /** Namespaces with their verdicts of now, where they are found. */
  readonly found?: FoundAfter["found"] | undefined;
}

/** Whether a changed file may change the namespaces of a shared folder, which the whole folder tells. */
function concernsShares({ plan }: IsolateRequest, { listing, changed }: Last): boolean {
  const open = plan.share.filter(({ namespaces }) => namespaces.length === 0);
  return [...changed.keys()].some((index) => open.some(({ path }) => listing.files[index]?.path.startsWith(`${path}/`) === true));
}

/** Whether a script changed, of which a warning may tell. */
function concernsScripts({ listing, changed }: Last): boolean {
  return [...changed.keys()].some((index) => isScript(listing.files[index]?.path ?? ""));
}

/** The changed files, each read once; undefined when one does not come back exactly as it was. */
function changedFiles({ source, target, flavor }: IsolateRequest, { listing, changed }: Last, journal: Journal): ChangedFile[] | undefined {
  const read = createContents();
  const steps = new Map(journal.files.map((entry) => [entry.path, entry.steps]));
  const files = [...changed.keys()].flatMap((index) => {
    const path = listing.files[index]?.path as string;
    const bytes = originalBytes(readFileSync(join(target, path)), steps.get(path) ?? [], `_${flavor}`);
    if (bytes === undefined) return [];
    const before = { once: () => bytes, mode: 0, stamp: NO_STAMP };
    return [{ path, before, now: kept(read(join(resolve(source), path))) }];
  });
  return files.length === changed.size ? files : undefined;
}

/** The content with bytes that stay. */
function kept({ once, mode, stamp }: FileContent): FileContent {
  const bytes = Buffer.from(once());
  return { once: () => bytes, mode, stamp };
}

function readerOf({ source }: IsolateRequest, files: readonly ChangedFile[], when: "before" | "now"): ReadContent {
  const contents = new Map(files.map((file) => [`${resolve(source)}/${file.path}`, file[when]]));
  return (path) => contents.get(path) as FileContent;
}

/** The account with the changed files' share replaced; undefined when a name is renamed for the first time, or a warning may be another one. */
function accountAfter({ run, listing, changed }: Last, { was, is, found }: Change): IsolationResult | undefined {
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
    found: found?.map(({ name, verdict, why }) => ({ name, verdict, why })) ?? account.found,
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
