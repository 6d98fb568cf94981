/** Owns what every command on somebody's own repository starts with: the repository, its objects, the names resolved. */
import { toldOf } from "../../git/damage.js";
import { git } from "../../git/git.js";
import { type ObjectPool, openPool } from "../../git/object-pool.js";
import { type ExistingRepository, openExisting } from "../../git/open-existing.js";
import { parseRawCommit } from "../../git/raw-commit.js";
import { recoverRefs, tellLeftRefs } from "../../git/recover-refs.js";
import { type RefUpdate, updateRefs } from "../../git/refs.js";
import { wallClockMs } from "../../support/clock.js";
import { UnforkError } from "../../support/errors.js";
import type { PatchState } from "../state/patch-state.js";

export interface Session {
  readonly existing: ExistingRepository;
  readonly pool: ObjectPool;
}

/** What is done first about a move of refs that a kill cut off. `tell`: of a run that only reads. `leave`: the caller looks after it. */
export type LeftRefs = "recover" | "tell" | "leave";

/** Opens a repository for as long as `work` takes. */
export async function withRepository<T>(repo: string, work: (session: Session) => Promise<T>, left: LeftRefs = "recover"): Promise<T> {
  const existing = await openExisting(repo);
  if (left === "recover") await recoverRefs(existing.repository);
  else if (left === "tell") await tellLeftRefs(existing.repository);
  const pool = await openPool(existing.repository, existing.objects);
  try {
    return await work({ existing, pool });
  } catch (error) {
    throw toldOf(existing, error);
  } finally {
    await pool.close();
  }
}

/** The same for a run that only reads. */
export async function readRepository<T>(repo: string, work: (session: Session) => Promise<T>): Promise<T> {
  return await withRepository(repo, work, "tell");
}

/** Stores what was made, then moves all refs or none. */
export async function finish({ existing, pool }: Session, updates: readonly (RefUpdate | undefined)[]): Promise<void> {
  const real = updates.filter((update) => update !== undefined);
  await updateRefs(existing.repository, real, pool.store);
}

/** A port's ref: `was` when the work began, so that a move by somebody else meanwhile is noticed; `next` null: the ref goes. */
export interface PortOutcome {
  readonly name: string;
  readonly was: string | null;
  readonly next: string | null;
  readonly subject: string;
}

/** Where a port's ref stands. */
export async function refNow({ pool }: Session, name: string): Promise<string | null> {
  return (await pool.find(refOf(name)))?.id ?? null;
}

/** Stores a port's outcome: its ref and the state move together. */
export async function finishPort(session: Session, state: PatchState, { name, was, next, subject }: PortOutcome): Promise<void> {
  const update = state.files.update(subject, Math.floor(wallClockMs() / 1000));
  await finish(session, [{ ref: refOf(name), old: was, next }, update]);
}

/** Throws `input-invalid` for a name that is no commit here. */
export async function commitOf({ pool, existing }: Session, name: string): Promise<{ id: string; tree: string }> {
  const found = await pool.find(`${name}^{commit}`);
  if (found !== undefined) return { id: found.id, tree: parseRawCommit(found.content).tree };
  await wantObject(existing, name);
  throw new UnforkError("input-invalid", `there is no commit ${name} in ${existing.repository.path}`, {
    hint: existing.shallow
      ? "this clone is shallow: git fetch --unshallow, or fetch the missing commits"
      : "check the name, or fetch it first",
    context: { ref: name },
  });
}

/** Throws where the name is that of a ref, and only its object is not there. */
async function wantObject({ repository }: ExistingRepository, name: string): Promise<void> {
  const asked = await git(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", name]);
  const id = asked.stdout.toString("latin1").trim();
  if (asked.code !== 0 || id === name) return;
  const there = await git(repository, ["cat-file", "-t", id]);
  if (there.code === 0) return;
  throw new UnforkError("state-invalid", `${name} is ${id}, which is not there`, { context: { git: "missing-object", object: id } });
}

/** The ref of a port. Throws `usage` for a name that cannot be one level of a ref; see git-check-ref-format(1). */
export function refOf(name: string): string {
  if (name.length <= 200 && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name) && !name.includes("..") && !/\.(lock)?$/.test(name))
    return `refs/unfork/${name}`;
  throw new UnforkError("usage", `'${name}' cannot be the name of a port`, { hint: "letters, digits, '.', '_' and '-', as in m150-try-2" });
}
