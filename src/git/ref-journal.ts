/**
 * Owns the journals of moves of refs: a file per transaction in the git directory that all work trees share, there from before git is told
 * of it until git has ended. Its name tells the run, its content the process that moves the refs: git's own, or the run's.
 */
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { UnforkError, fileError, messageOf, systemCodeOf } from "../support/errors.js";
import { type MarkedProcess, markOf, markedProcess, parseMarked, processMark } from "../support/process-mark.js";
import { randomId } from "../support/random.js";
import type { Repository } from "./git.js";
import type { RefUpdate } from "./refs.js";

/** One that was found. */
export interface FoundJournal {
  readonly path: string;
  readonly updates: readonly RefUpdate[];
  /** When the transaction began, in ms since 1970 by the clock of the file system. */
  readonly began: number;
  /** Whether this one can be carried through: the run and its git are gone. */
  readonly state: () => Promise<"left" | "runs" | "elsewhere">;
}

const PREFIX = "unfork-transaction.";

/** Of this process, with a transaction that is under way. */
const open = new Set<string>();

/** The git directory that all work trees share; see gitrepository-layout(5). */
export function commonFolder({ path }: Repository): string {
  const file = join(path, "commondir");
  return existsSync(file) ? resolve(path, readFileSync(file, "utf8").trim()) : path;
}

/** `git`: the process that moves the refs. Not synced: it is for a killed process, and what a power cut leaves of refs is git's own matter. */
export async function writeJournal(repository: Repository, updates: readonly RefUpdate[], git: number): Promise<string> {
  const [path, mark] = [await ownName(repository), await markOf(git)];
  open.add(path);
  try {
    writeFileSync(`${path}.tmp`, JSON.stringify({ git: mark, updates }));
    renameSync(`${path}.tmp`, path);
  } catch (error) {
    closeJournal(path);
    throw fileError("write", path, error);
  }
  return path;
}

/** The transaction is over. `keep`: it was cut off. */
export function closeJournal(path: string, keep = false): void {
  if (!keep) rmSync(path, { force: true });
  open.delete(path);
}

/** All that are there, in the order of their beginning. Throws `state-invalid` for one that cannot be read. */
export function findJournals(repository: Repository): FoundJournal[] {
  const folder = commonFolder(repository);
  return readdirSync(folder)
    .filter((name) => name.startsWith(PREFIX))
    .map((name) => {
      const { mark, end } = parseMarked(name.slice(PREFIX.length)) ?? {};
      return mark === undefined || end !== "json" ? undefined : readJournal(join(folder, name), mark);
    })
    .filter((journal) => journal !== undefined)
    .toSorted((a, b) => a.began - b.began);
}

/** Makes one that was left this run's own; undefined when another run took it, or it is gone. */
export async function claimJournal(repository: Repository, { path }: FoundJournal): Promise<string | undefined> {
  const own = await ownName(repository);
  open.add(own);
  try {
    renameSync(path, own);
    return own;
  } catch (error) {
    open.delete(own);
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw fileError("rename", path, error);
  }
}

async function ownName(repository: Repository): Promise<string> {
  return join(commonFolder(repository), `${PREFIX}${await processMark()}.${randomId()}.json`);
}

function readJournal(path: string, owner: string): FoundJournal | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  try {
    const { git, updates } = JSON.parse(readFileSync(path, "utf8")) as { git: string; updates: RefUpdate[] };
    if (typeof git !== "string" || !Array.isArray(updates)) throw new Error("it has another form");
    return { path, updates, began: stat.mtimeMs, state: () => stateOf(path, owner, git) };
  } catch (error) {
    if (systemCodeOf(error) === "ENOENT") return undefined;
    throw new UnforkError("state-invalid", `${path} is not a journal of ours: ${messageOf(error)}`, {
      hint: "remove this file",
      cause: error,
    });
  }
}

async function stateOf(path: string, owner: string, git: string): Promise<"left" | "runs" | "elsewhere"> {
  const run: MarkedProcess = open.has(path) ? "runs" : await markedProcess(owner);
  if (run === "elsewhere" || run === "runs") return run;
  return (await markedProcess(git)) === "gone" ? "left" : "runs";
}
