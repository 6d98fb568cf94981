/** Owns the move of `r<release>`: made where it is not there, moved only where it is still a candidate of ours that nobody works on. */
import { SIGNATURE } from "../../git/commit.js";
import { messageText, parseRawCommit } from "../../git/raw-commit.js";
import type { RefUpdate } from "../../git/refs.js";
import { wallClockMs } from "../../support/clock.js";
import { UnforkError } from "../../support/errors.js";
import type { Session } from "../alone/session.js";
import type { PatchState } from "../state/patch-state.js";
import { checkedOut } from "./checked-out.js";

export interface CandidateMove {
  readonly session: Session;
  readonly state: PatchState;
  readonly release: string;
  readonly next: string;
  /** What messages begin with. */
  readonly place: string;
  /** The repository as `git -C` takes it. */
  readonly folder: string;
}

/** The ref and the notes that know it as ours, to be moved together. Throws `input-invalid` for a branch that is not ours to move. */
export async function candidateUpdates({ session, state, release, next, place, folder }: CandidateMove): Promise<RefUpdate[]> {
  const ref = `refs/heads/r${release}`;
  const old = (await session.pool.find(ref))?.id ?? null;
  if (old === next) return [];
  if (old !== null) {
    if (!(await isCandidate(session, state, release, old)))
      throw new UnforkError("input-invalid", `${place}r${release} is ${old.slice(0, 10)}, which is no candidate that was made here`, {
        hint: `rename it, or remove it to have it made: git -C ${folder} branch -m r${release} r${release}-mine`,
        context: { ref },
      });
    const [first] = await checkedOut(session.existing, [ref]);
    if (first !== undefined)
      throw new UnforkError("input-invalid", `${place}r${release} is checked out in ${first.folder}`, {
        hint: `check another branch out there: git -C ${first.folder} switch --detach`,
        context: { ref },
      });
  }
  await state.files.set(pathOf(release), `${next}\n`);
  const notes = state.files.update(`Candidate r${release}`, Math.floor(wallClockMs() / 1000));
  return [{ ref, old, next }, ...(notes === undefined ? [] : [notes])];
}

function pathOf(release: string): string {
  return `candidates/${release}`;
}

/** The notes know it, or it is a commit as only candidates have: those of a project, and of older versions. */
async function isCandidate({ pool }: Session, { files }: PatchState, release: string, tip: string): Promise<boolean> {
  if ((await files.read(pathOf(release)))?.toString("latin1").trim() === tip) return true;
  const found = await pool.find(tip);
  if (found?.type !== "commit") return false;
  const raw = parseRawCommit(found.content);
  if (raw.committer !== SIGNATURE) return false;
  const lines = messageText(raw).trimEnd().split("\n");
  const subject = lines[0] ?? "";
  if (lines.at(-1) === `Release: ${release}` && (subject === `Pin the layers of r${release}` || isMerge(subject, release))) return true;
  // Without any feature a project's candidate is its base, which it made itself.
  return (await pool.find(`refs/heads/base/${release}`))?.id === tip;
}

function isMerge(subject: string, release: string): boolean {
  return subject.startsWith("Merge ") && subject.endsWith(` into r${release}`);
}
