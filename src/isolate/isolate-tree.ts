/** Owns the isolation of one tree: list, read, decide the names, rewrite, put the new tree in place. */
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";

import type { IsolationPlan, IsolationResult } from "../model/isolation.js";
import { exists, replaceFolder, writeFileAtomic } from "../support/fs.js";
import { checkFresh, checkRequest } from "./check-request.js";
import { languageOf } from "./code-files.js";
import { createAhead } from "./engine/create-ahead.js";
import { decideNames, questionOf, requireNamespaces } from "./decide/decide-names.js";
import { MARKER_FILE, markerText } from "./marker.js";
import { createLocalPart } from "./engine/part-local.js";
import type { Part, PartOutput, PartRequest, PartResult } from "./engine/part-model.js";
import { createRemotePart } from "./engine/part-remote.js";
import { anyPathGlob } from "./path-glob.js";
import { endProgress, tellProgress } from "./engine/progress.js";
import { surveyParts } from "./engine/survey-parts.js";
import { hasThreads } from "./engine/thread.js";
import { listTree, type Tree } from "./engine/tree-files.js";

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
}

/** Below this number of files further threads cost more than they give. */
const FILES_WORTH_A_THREAD = 400;

/** Files that one thread takes in a row, so that neighbours stay together and the work is spread. */
const RUN_OF_FILES = 32;

/**
 * Writes the tree with every external name bearing the flavor. Files whose new bytes equal an earlier output's keep
 * that file with its time. Throws `input-invalid` (a namespace that no file opens, a tree of another flavor, an output
 * inside the input, a new name that is taken), `input-missing` and `disk`; then `target` is as it was.
 */
export async function isolateTree(request: IsolateRequest): Promise<IsolationResult> {
  await checkRequest(request);
  const listing = withoutMarker(listTree(request.source));
  const parts = openParts(request, listing);
  try {
    return await isolateParts(request, listing, parts);
  } finally {
    await Promise.all(parts.map((part) => part.close()));
    endProgress();
  }
}

async function isolateParts(request: IsolateRequest, listing: Tree, parts: readonly Part[]): Promise<IsolationResult> {
  const earlier = (await exists(request.target)) ? request.target : undefined;
  const results = await replaceFolder(request.target, async (folder) => {
    const inThread = hasThreads && earlier === undefined && listing.files.length >= FILES_WORTH_A_THREAD;
    const creation = createAhead({ source: resolve(request.source), folder, ...listing }, inThread);
    const rewriting = rewriteParts(request, parts, { folder, earlier, created: creation.created }, creation.done);
    await Promise.allSettled([rewriting, creation.done]);
    const written = await rewriting;
    await writeFileAtomic(join(folder, MARKER_FILE), markerText(request.flavor, request.release, request.plan));
    return written;
  });
  return resultOf(request, listing, results);
}

async function rewriteParts(
  { plan, flavor }: IsolateRequest,
  parts: readonly Part[],
  output: PartOutput,
  created: Promise<void>,
): Promise<PartResult[]> {
  const suffix = `_${flavor}`;
  const surveys = await surveyParts(parts);
  requireNamespaces(plan.namespaces, suffix, surveys);
  const question = questionOf(surveys, plan.namespaces);
  const answers = await allOf(parts.map((part) => part.answer(question)));
  const decision = decideNames(plan, suffix, surveys, answers);
  await created;
  const written = await allOf(parts.map((part) => part.write(decision, output)));
  checkFresh(written, answers, flavor);
  return written;
}

/** Waits for all, also when one fails: nobody writes any more when its folder is cleared away. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

function withoutMarker(tree: Tree): Tree {
  return { ...tree, files: tree.files.filter((file) => file.path !== MARKER_FILE) };
}

function openParts(request: IsolateRequest, { files }: Tree): Part[] {
  const jobs = jobsFor(request, files.length);
  const told = tellProgress(files.length, jobs);
  return sharesOf(request, files, jobs).map((share, index) =>
    jobs > 1 ? createRemotePart(share, told(index)) : createLocalPart(share, told(index)),
  );
}

function jobsFor({ jobs }: IsolateRequest, files: number): number {
  if (!hasThreads) return 1;
  return Math.max(1, jobs ?? Math.min(4, availableParallelism() - 1, Math.floor(files / FILES_WORTH_A_THREAD)));
}

/** Whether a file's names are read and renamed; the others are copied as they are. */
function filesOf({ files, exclude }: IsolateRequest["plan"]): (path: string) => boolean {
  const isNamed = anyPathGlob(files);
  const isExcluded = exclude.length === 0 ? () => false : anyPathGlob(exclude);
  return (path) => isNamed(path) && !isExcluded(path);
}

function sharesOf({ source, flavor, plan }: IsolateRequest, files: Tree["files"], jobs: number): PartRequest[] {
  const isRead = filesOf(plan);
  const listed = files
    .map(({ path, link }, index) => ({ index, path, link, code: languageOf(path) !== undefined && isRead(path) }))
    .filter(({ link }) => link === undefined)
    .map(({ index, path, code }) => ({ index, path, code }));
  return Array.from({ length: jobs }, (_, job) => ({
    source: resolve(source),
    suffix: `_${flavor}`,
    namespaces: plan.namespaces,
    names: plan.rename.flatMap(({ match }) => match),
    files: listed.filter((_file, at) => Math.floor(at / RUN_OF_FILES) % jobs === job),
  }));
}

function resultOf(request: IsolateRequest, listing: Tree, results: readonly PartResult[]): IsolationResult {
  const files = results.flatMap((result) => result.files).toSorted((a, b) => a.index - b.index);
  const digest = createHash("sha256");
  for (const { path, link } of listing.files) if (link !== undefined) digest.update(`${path}\0link\0${link}\n`);
  for (const { index, mode, sha256 } of files) digest.update(`${listing.files[index]?.path}\0${mode.toString(8)}\0${sha256}\n`);
  const namespaces = new Set(request.plan.namespaces);
  const renamed = renamedNames(results, request.flavor);
  return {
    flavor: request.flavor,
    release: request.release,
    path: resolve(request.target),
    digest: digest.digest("hex"),
    files: listing.files.length,
    changedFiles: files.filter(({ edits }) => edits > 0).length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    edits: files.reduce((sum, { edits }) => sum + edits, 0),
    namespaces: renamed.filter(({ from }) => namespaces.has(from)),
    names: renamed.filter(({ from }) => !namespaces.has(from)),
    undecided: results.flatMap((result) => result.undecided).toSorted((a, b) => byText(a.file, b.file) || a.line - b.line),
  };
}

function renamedNames(results: readonly PartResult[], flavor: string): IsolationResult["names"] {
  const counts = new Map<string, number>();
  for (const { counts: part } of results) for (const [name, edits] of part) counts.set(name, (counts.get(name) ?? 0) + edits);
  return [...counts].map(([from, edits]) => ({ from, to: `${from}_${flavor}`, edits })).toSorted((a, b) => byText(a.from, b.from));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
