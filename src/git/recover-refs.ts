/** Owns what is done about moves of refs that a kill cut off: they are carried through, where nobody moved one of the refs since. */
import { existsSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

import { emit } from "../support/bus.js";
import { monotonicMs, sleep } from "../support/clock.js";
import { UnforkError } from "../support/errors.js";
import type { Repository } from "./git.js";
import { type FoundJournal, claimJournal, closeJournal, commonFolder, findJournals } from "./ref-journal.js";
import { type RefUpdate, listRefs, updateRefs } from "./refs.js";

/** A living run is waited for no longer; its refs are then safe by their old values, which git compares. */
const LONGEST_WAIT_MS = 5000;
/** Git takes its locks at once when it is told to. */
const LOCKS_TAKEN_MS = 5000;

/**
 * Carries through what killed runs began: locks that they left go, refs still at their old value are moved. Gives whether nothing is open
 * any more; what stays is told. Throws `state-invalid` where somebody moved one of the refs since, with no ref moved.
 */
export async function recoverRefs(repository: Repository): Promise<boolean> {
  const until = monotonicMs() + LONGEST_WAIT_MS;
  let whole = true;
  for (const journal of findJournals(repository)) {
    const state = await stateAtLast(journal, until);
    if (state === "left") await carryThrough(repository, journal);
    else if (state !== "over") {
      tell(repository, journal, state);
      whole = false;
    }
  }
  return whole;
}

/** For a run that only reads: says what was left, and touches nothing. */
export async function tellLeftRefs(repository: Repository): Promise<void> {
  for (const journal of findJournals(repository)) {
    const state = await journal.state();
    if (state !== "runs") tell(repository, journal, state);
  }
}

type State = Awaited<ReturnType<FoundJournal["state"]>>;

async function stateAtLast(journal: FoundJournal, until: number): Promise<State | "over"> {
  for (;;) {
    const state = await journal.state();
    if (!existsSync(journal.path)) return "over";
    if (state !== "runs" || monotonicMs() >= until) return state;
    await sleep(100);
  }
}

const TOLD: Readonly<Record<State, string>> = {
  left: "a run was ended while it moved refs; the next one that writes carries it through",
  runs: "another run still moves refs, and was not waited for any longer",
  elsewhere: "a run on another machine moves refs, or was ended while it did; if it was, remove this file and look at the refs it names",
};

function tell({ path }: Repository, journal: FoundJournal, state: State): void {
  emit({ type: "finding", severity: "warning", message: `${path}: ${TOLD[state]} (${journal.path})` });
}

async function carryThrough(repository: Repository, journal: FoundJournal): Promise<void> {
  const own = await claimJournal(repository, journal);
  if (own === undefined) return;
  try {
    removeLocks(commonFolder(repository), journal);
    const left = { when: "while it moved refs", whose: "", journal: own };
    await updateRefs(repository, await stillToMove(repository, journal.updates, left));
  } catch (error) {
    closeJournal(own, true);
    throw error;
  }
  closeJournal(own);
}

/** A lock that was made before, or later, is somebody else's. */
function removeLocks(common: string, { updates, began }: FoundJournal): void {
  const packed = updates.some(({ next }) => next === null) ? ["packed-refs.lock"] : [];
  for (const name of [...updates.map(({ ref }) => `${ref}.lock`), ...packed]) {
    const lock = join(common, name);
    const made = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && made >= began - 1000 && made <= began + LOCKS_TAKEN_MS) rmSync(lock, { force: true });
  }
}

/** Words for what an ended run left: when it was ended, whose the refs are (`""`, ` of layer x`), and the file that tells of it. */
export interface LeftMove {
  readonly when: string;
  readonly whose: string;
  readonly journal: string;
}

/** The updates that were not made yet. Throws `state-invalid` where somebody moved one of the refs since. */
export async function stillToMove(repository: Repository, updates: readonly RefUpdate[], left: LeftMove): Promise<RefUpdate[]> {
  const refs = await listRefs(repository);
  return updates.filter(({ ref, old, next }) => {
    const now = refs.get(ref) ?? null;
    if (now === next) return false;
    if (now === old) return true;
    throw new UnforkError(
      "state-invalid",
      `a run was ended ${left.when}, and ${ref}${left.whose} was moved since: it is ${short(now)}, not ${short(old)} (before) or ${short(next)} (after)`,
      { hint: `put it to one of the two in ${repository.path}, or remove ${left.journal} to keep all as it is` },
    );
  });
}

function short(id: string | null): string {
  return id === null ? "nothing" : id.slice(0, 10);
}
