/** Owns the division of a tree into parts: who reads which files, in how many threads. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

import type { IsolationPlan } from "../model/isolation.js";
import { languageOf, mayBeCode } from "./code-files.js";
import { formatOf } from "./constructs/format.js";
import { mayBeMacroList } from "./macro-list.js";
import { createTaking } from "./engine/file-taking.js";
import { createLocalPart } from "./engine/part-local.js";
import type { Part, PartFile, PartRequest } from "./engine/part-model.js";
import { createRemotePart } from "./engine/part-remote.js";
import { tellProgress } from "./engine/progress.js";
import { hasThreads } from "../support/thread.js";
import type { Tree, TreeFile } from "./engine/tree-files.js";
import { anyPathGlob } from "./path-glob.js";

/** Below this number of files further threads cost more than they give. */
export const FILES_WORTH_A_THREAD = 400;

export interface PartsRequest {
  readonly source: string;
  readonly flavor: string;
  readonly plan: IsolationPlan;
  /** Threads; default: one for a small tree, else one per processor, at most 4. */
  readonly jobs?: number;
}

/** Opens the parts of a listed tree; nothing is read yet. The last one works in this thread: it is asked when the others are at work. */
export function openParts(request: PartsRequest, tree: Tree): Part[] {
  const jobs = jobsFor(request, tree.files.length);
  const told = tellProgress(tree.files.length, jobs);
  return sharesOf(request, tree, jobs).map((share, index) =>
    index < jobs - 1 ? createRemotePart(share, told(index)) : createLocalPart(share, told(index)),
  );
}

function jobsFor({ jobs }: PartsRequest, files: number): number {
  if (!hasThreads) return 1;
  return Math.max(1, jobs ?? Math.min(4, availableParallelism(), Math.floor(files / FILES_WORTH_A_THREAD)));
}

/** Whether a file's names are read and renamed; the others are copied as they are. */
export function isReadBy({ files, exclude }: Pick<IsolationPlan, "files" | "exclude">): (path: string) => boolean {
  const isNamed = anyPathGlob(files);
  const isExcluded = exclude.length === 0 ? () => false : anyPathGlob(exclude);
  return (path) => isNamed(path) && !isExcluded(path);
}

function partFileOf(index: number, { path, to }: TreeFile, isRead: boolean): PartFile {
  const format = isRead && languageOf(path) === undefined ? formatOf(path) : undefined;
  return {
    index,
    path,
    ...(to === undefined ? {} : { to }),
    code: isRead && (format === undefined || mayBeMacroList(path)) && mayBeCode(path),
    format,
  };
}

/** The share of one thread that has these files of a listed tree, by index. */
export function shareOf({ source, flavor, plan }: PartsRequest, { files }: Tree, indices: Iterable<number>): PartRequest {
  const isRead = isReadBy(plan);
  return {
    source: resolve(source),
    suffix: `_${flavor}`,
    namespaces: plan.namespaces,
    names: plan.rename.flatMap(({ match }) => match),
    packages: plan.java,
    trigraphs: plan.trigraphs,
    macros: plan.guards === "rename" || plan.macros === "rename",
    files: Array.from(indices, (index) => {
      const file = files[index] as TreeFile;
      return partFileOf(index, file, isRead(file.path));
    }),
  };
}

function sharesOf(request: PartsRequest, tree: Tree, jobs: number): PartRequest[] {
  const regular = tree.files.flatMap(({ link }, index) => (link === undefined ? [index] : []));
  const all = shareOf(request, tree, regular);
  if (jobs === 1) return [all];
  const shared = { ...all, taking: createTaking() };
  return Array.from({ length: jobs }, () => shared);
}
