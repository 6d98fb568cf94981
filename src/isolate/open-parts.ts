/** Owns the division of a tree into parts: who reads which files, in how many threads. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

import type { IsolationPlan } from "../model/isolation.js";
import { createCounter } from "./engine/file-taking.js";
import { createLocalPart } from "./engine/part-local.js";
import type { Part, PartRequest } from "./engine/part-model.js";
import { createRemotePart } from "./engine/part-remote.js";
import { tellProgress } from "./engine/progress.js";
import { hasThreads } from "../support/thread.js";
import type { Tree, TreeFile } from "./engine/tree-files.js";
import { partFiles } from "./part-files.js";

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
  const share = jobs === 1 ? shareOf(request, tree, regularFiles(tree.files)) : takingShare(request, tree);
  return Array.from({ length: jobs }, (_, index) =>
    index < jobs - 1 ? createRemotePart(share, told(index)) : createLocalPart(share, told(index)),
  );
}

function jobsFor({ jobs }: PartsRequest, files: number): number {
  if (!hasThreads) return 1;
  return Math.max(1, jobs ?? Math.min(4, availableParallelism(), Math.floor(files / FILES_WORTH_A_THREAD)));
}

/** The share of one thread that has these files of a listed tree, by index. */
export function shareOf(request: PartsRequest, { files }: Tree, indices: Iterable<number>): PartRequest {
  const fileOf = partFiles(request.plan);
  return {
    ...asked(request),
    files: Array.from(indices, (index) => {
      const { path, to } = files[index] as TreeFile;
      return fileOf(index, path, to);
    }),
  };
}

/** What is asked of every part. */
function asked({ source, flavor, plan }: PartsRequest): Omit<PartRequest, "files"> {
  return {
    source: resolve(source),
    suffix: `_${flavor}`,
    namespaces: plan.namespaces,
    names: plan.rename.flatMap(({ match }) => match),
    packages: plan.java,
    trigraphs: plan.trigraphs,
    macros: plan.guards === "rename" || plan.macros === "rename",
  };
}

/** The share of each of several threads: whatever they take of the files. */
function takingShare(request: PartsRequest, { files }: Tree): PartRequest {
  const { files: named, exclude } = request.plan;
  const indices = regularFiles(files);
  const moved = indices.flatMap((index): [number, string][] => {
    const to = files[index]?.to;
    return to === undefined ? [] : [[index, to]];
  });
  const paths = indices.map((index) => (files[index] as TreeFile).path);
  const shared = { paths, indices, moved: new Map(moved), plan: { files: named, exclude }, counter: createCounter() };
  return { ...asked(request), files: [], shared };
}

function regularFiles(files: readonly TreeFile[]): number[] {
  return files.flatMap(({ link }, index) => (link === undefined ? [index] : []));
}
