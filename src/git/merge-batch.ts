/**
 * Owns three-way merges by the dozen: one `git merge-tree --stdin` for many. From git 2.49 on the process of the second batch
 * stays for later ones; before, its output came in blocks only, so that each batch has a process of its own.
 */
import { UnforkError } from "../support/errors.js";
import { run, start } from "../support/exec.js";
import type { ByteString } from "./bytes.js";
import { gitFailure } from "./errors.js";
import { type Repository, gitCommand } from "./git.js";
import type { TreeEntry } from "./tree.js";
import { gitVersion, mergeTreeStays } from "./version.js";

/** Two commits to merge; their history has one merge base. */
export interface MergePair {
  readonly ours: string;
  readonly theirs: string;
}

/** One path that could not be merged; a side that has no such file is null. */
export interface BatchConflict {
  readonly path: ByteString;
  readonly base: TreeEntry | null;
  readonly ours: TreeEntry | null;
  readonly theirs: TreeEntry | null;
}

export interface BatchMerge {
  readonly clean: boolean;
  /** With markers in the files of `conflicts`. */
  readonly tree: string;
  readonly conflicts: readonly BatchConflict[];
  /** What git says of single paths, as byte strings: `CONFLICT (modify/delete): …`. */
  readonly messages: readonly ByteString[];
}

export interface Merger {
  /** Merges in the order given. Throws the named git error when one of the commits is missing. */
  readonly merge: (pairs: readonly MergePair[]) => Promise<BatchMerge[]>;
  readonly close: () => Promise<void>;
}

const ARGUMENTS: readonly string[] = ["merge-tree", "--write-tree", "--stdin", "--messages"];

/** Most runs need one batch, so that nothing is asked of git before the second. */
export function openMerger(repository: Repository): Merger {
  let batches = 0;
  let later: Promise<Merger> | undefined;
  return {
    merge: async (pairs) => {
      if (pairs.length === 0) return [];
      if (batches++ === 0) return await mergeOnce(repository, pairs);
      later ??= laterMerger(repository);
      return await (await later).merge(pairs);
    },
    close: async () => {
      await (await later)?.close();
    },
  };
}

async function laterMerger(repository: Repository): Promise<Merger> {
  if (await mergeTreeStays()) return stayingMerger(repository);
  return { merge: (pairs) => mergeOnce(repository, pairs), close: () => Promise.resolve() };
}

function linesOf(pairs: readonly MergePair[]): string {
  return pairs.map(({ ours, theirs }) => `${ours} ${theirs}\n`).join("");
}

/** Where attributes count, and settings for these. */
export interface MergePlace {
  readonly workTree: string;
  /** `key=value`. */
  readonly settings: readonly string[];
}

/** Merges by a process of its own. */
export async function mergeOnce(repository: Repository, pairs: readonly MergePair[], place?: MergePlace): Promise<BatchMerge[]> {
  if (pairs.length === 0) return [];
  const before = place === undefined ? [] : [`--work-tree=${place.workTree}`, ...place.settings.flatMap((one) => ["-c", one])];
  const cwd = place === undefined ? {} : { cwd: place.workTree };
  const command = gitCommand(repository, [...before, ...ARGUMENTS], { input: linesOf(pairs), ...cwd });
  const result = await run(command);
  // One that is too old does not know the command, and says so in words of its own.
  if (result.code !== 0) await gitVersion();
  const reader = mergeReader();
  const merges = reader(result.stdout);
  if (result.code !== 0 || merges.length !== pairs.length) throw gitFailure(command, result);
  return merges;
}

/** One process for all batches; each is asked at once, and answered in order. */
function stayingMerger(repository: Repository): Merger {
  const command = gitCommand(repository, ARGUMENTS);
  const child = start(command);
  const reader = mergeReader();
  const got: BatchMerge[] = [];
  const queue: Waiting[] = [];
  let ended: unknown;
  function failAll(error: unknown): void {
    ended ??= error;
    for (const waiting of queue.splice(0)) waiting.reject(ended);
  }
  child.stdout.on("data", (chunk: Buffer) => {
    try {
      got.push(...reader(chunk));
    } catch (error) {
      child.kill();
      return failAll(error);
    }
    for (let next = queue[0]; next !== undefined && got.length >= next.count; next = queue[0]) {
      queue.shift();
      next.resolve(got.splice(0, next.count));
    }
  });
  const done = child.done.then((end) => failAll(gitFailure(command, { ...end, stderr: child.stderr() })), failAll);
  return {
    merge: (pairs) => {
      if (ended !== undefined) return Promise.reject(ended instanceof Error ? ended : new Error("merge-tree ended"));
      return new Promise((resolve, reject) => {
        queue.push({ count: pairs.length, resolve, reject });
        child.stdin.write(linesOf(pairs));
      });
    },
    close: async () => {
      child.stdin.end();
      await done;
    },
  };
}

interface Waiting {
  readonly count: number;
  readonly resolve: (merges: BatchMerge[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Takes output as it comes and gives the merges that are whole. Format: git-merge-tree(1), "INPUT FORMAT" and "OUTPUT". */
function mergeReader(): (chunk: Buffer) => BatchMerge[] {
  let rest = "";
  return (chunk) => {
    const text = rest + chunk.toString("latin1");
    const merges: BatchMerge[] = [];
    let at = 0;
    for (let found = parseMerge(text, at); found !== undefined; found = parseMerge(text, at)) {
      merges.push(found.merge);
      at = found.end;
    }
    rest = text.slice(at);
    return merges;
  };
}

/** One merge from `from` on: status, tree, conflicted files, an empty field, messages, an empty field; undefined when not all is there. */
function parseMerge(text: string, from: number): { merge: BatchMerge; end: number } | undefined {
  let at = from;
  function field(): string | undefined {
    const end = text.indexOf("\0", at);
    if (end < 0) return undefined;
    const value = text.slice(at, end);
    at = end + 1;
    return value;
  }
  const status = field();
  const tree = field();
  if (status === undefined || tree === undefined) return undefined;
  if (!/^[01]$/.test(status) || !/^[0-9a-f]{40}$/.test(tree))
    throw new UnforkError("tool-failed", `git merge-tree gave '${status} ${tree}'`);
  const stages = new Map<ByteString, (TreeEntry | null)[]>();
  for (let value = field(); value !== ""; value = field()) {
    if (value === undefined) return undefined;
    const [, mode = "", id = "", stage = "", path = ""] = /^(\d{6}) ([0-9a-f]{40}) ([123])\t(.*)$/s.exec(value) ?? [];
    const sides = stages.get(path) ?? [null, null, null];
    sides[Number(stage) - 1] = { mode, id };
    stages.set(path, sides);
  }
  const messages: ByteString[] = [];
  // In the place of the empty field there may be advice on submodules.
  for (let count = field(); count === undefined || /^\d+$/.test(count); count = field()) {
    for (let skip = 0; skip <= Number(count); skip++) field();
    const message = field();
    if (message === undefined) return undefined;
    messages.push(message.trimEnd());
  }
  return { merge: { clean: status === "1", tree, conflicts: conflictsOf(stages), messages }, end: at };
}

function conflictsOf(stages: ReadonlyMap<ByteString, readonly (TreeEntry | null)[]>): BatchConflict[] {
  return [...stages].map(([path, [base = null, ours = null, theirs = null]]) => ({ path, base, ours, theirs }));
}
