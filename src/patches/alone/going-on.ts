/** Owns going on with a port that is in conflict: `edit`, `continue`, `skip` and `abort`. */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { shownBytes } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import type { PatchOutcome, PatchPort } from "../../model/patch.js";
import { UnforkError } from "../../support/errors.js";
import { clearFolder, layOut, takeEdited } from "../conflict-folder.js";
import type { ConflictFolder } from "../conflict-state.js";
import { type Resolver, resolvePort } from "../resolve/resolve-port.js";
import type { Verify } from "../resolve/verify.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { type PatchState, type PortState, openPatchState } from "../state/patch-state.js";
import { nobody, portAndKeep } from "./port-alone.js";
import { wantVerified, wantWhole } from "./want-settled.js";
import { type Answer, type OpenConflict, type RunResult, isOpen, portDocument, runPort } from "./run-port.js";
import { type Session, finishPort, refNow, refOf, withRepository } from "./session.js";

export interface WaitingPort {
  readonly repo: string;
  readonly name: string;
  /** Where conflicts are laid out: `<work>/<name>/<patch>/<path>`; default `unfork` in the git directory. */
  readonly work?: string;
}

export interface LaidOut {
  readonly patch: string;
  readonly subject: string;
  readonly files: readonly { readonly path: string; readonly workFile: string }[];
}

/**
 * Lays the conflicted files of a patch (a prefix of its id; default: the first that is in conflict) out for a person, each with
 * its three sides beside it.
 */
export async function editPatch(waiting: WaitingPort, wanted: string | undefined): Promise<LaidOut> {
  return await withPort(waiting, async ({ session, port, state, work }) => {
    const found: OpenConflict[] = [];
    const ported = await runPort({ session, port, state, answer: (open) => (found.push(open), Promise.resolve(undefined)) });
    const outcome = chosen(ported.patches, wanted);
    const open = found.find(({ patch }) => patch.commit === outcome.patch);
    if (open === undefined)
      throw new UnforkError("usage", `${outcome.patch.slice(0, 10)} is not in conflict`, { hint: "unfork patch port tells which are" });
    const files = await layOut(session.pool, folderOf(waiting, work, open.patch), open.conflicts.map(shown));
    return { patch: outcome.patch, subject: outcome.subject, files };
  });
}

export interface Continuing {
  /** Why lines of the patches just edited are left out. */
  readonly explain?: string | null;
  /** Settles what was not edited. */
  readonly resolver?: Resolver;
  /** Build and tests of what was edited. */
  readonly verify?: Verify;
  /** Also of what was merged without anybody. */
  readonly verifyAuto?: boolean;
}

/**
 * Takes what was edited, records it, and ports again from there. An answer that leaves out lines of the patch which upstream
 * does not have counts only with a reason (`explain`), which is recorded beside it; else it throws `input-invalid`, nothing
 * is stored, and what was edited stays.
 */
export async function continuePort(
  waiting: WaitingPort,
  { explain = null, resolver, verify, verifyAuto = false }: Continuing = {},
): Promise<PatchPort> {
  return await withPort(waiting, async (opened) => {
    const taken = new Map<string, ConflictFolder>();
    const byHand: Answer = async (open) => {
      const folder = folderOf(waiting, opened.work, open.patch);
      const edited = await takeEdited(opened.session.pool, folder, open.conflicts.map(shown));
      if (edited.length > 0) taken.set(open.patch.commit, folder);
      return new Map(edited.map(({ conflict, content }) => [pathOf(open.conflicts, conflict.path), { content, why: explain }]));
    };
    const answer = resolver === undefined ? byHand : await resolvePort({ ...opened, answer: byHand }, resolver);
    const check = async (ported: RunResult) => {
      if (explain === null) await wantWhole(opened.session, opened.port, ported, new Set(taken.keys()));
      if (verify !== undefined) await wantVerified(opened.session, opened.port, verify, ported, new Set(taken.keys()));
    };
    const auto = verifyAuto && verify !== undefined ? { verifyAuto: verify } : {};
    const result = await portAgain(waiting, opened, opened.port, { answer, check, ...auto });
    const settled = [...taken].filter(([patch]) => !result.patches.some((outcome) => isOpen(outcome) && outcome.patch === patch));
    await Promise.all(settled.map(([, folder]) => clearFolder(folder)));
    return result;
  });
}

/** Leaves a patch out of the port, with a reason that is kept. */
export async function skipPatch(waiting: WaitingPort, wanted: string | undefined, reason: string): Promise<PatchPort> {
  return await withPort(waiting, async (opened) => {
    const { session, port, state } = opened;
    const ported = await runPort({ session, port, state, answer: nobody });
    const { patch } = chosen(ported.patches, wanted);
    const next = { ...port, skipped: [...port.skipped.filter((one) => one.patch !== patch), { patch, reason }] };
    return await portAgain(waiting, opened, next, { answer: nobody });
  });
}

/** Puts the ref back to where it stood before the port. Resolutions that were recorded stay. */
export async function abortPort(waiting: WaitingPort): Promise<{ ref: string; commit: string | null }> {
  return await withPort(waiting, async ({ session, port, state, work, was }) => {
    await state.setPort(waiting.name, null);
    await finishPort(session, state, { name: waiting.name, was, next: port.before, subject: `Port ${waiting.name}: aborted` });
    await rm(join(work, waiting.name), { recursive: true, force: true });
    return { ref: refOf(waiting.name), commit: port.before };
  });
}

interface Opened {
  readonly session: Session;
  readonly state: PatchState;
  readonly port: PortState;
  readonly work: string;
  /** Where the port's ref stood when the work began. */
  readonly was: string | null;
}

async function withPort<T>(waiting: WaitingPort, work: (opened: Opened) => Promise<T>): Promise<T> {
  refOf(waiting.name);
  return await withRepository(waiting.repo, async (session) => {
    const [was, state] = await Promise.all([refNow(session, waiting.name), openPatchState(session.pool)]);
    const port = await state.port(waiting.name);
    if (port?.waiting !== true) {
      throw new UnforkError("usage", `no port named '${waiting.name}' waits for anybody in ${waiting.repo}`, {
        hint: "start one: unfork patch port --repo … --series OLD_BASE..TIP --onto NEW_BASE, or give its --name",
      });
    }
    return await work({ session, state, port, was, work: waiting.work ?? join(session.existing.common, "unfork") });
  });
}

interface Again {
  readonly answer: Answer;
  readonly check?: (ported: RunResult) => Promise<void>;
  readonly verifyAuto?: Verify;
}

async function portAgain(
  { name }: WaitingPort,
  { session, state, was }: Opened,
  asked: PortState,
  { answer, check, verifyAuto }: Again,
): Promise<PatchPort> {
  const keeping = {
    name,
    was,
    dryRun: false,
    ...(check === undefined ? {} : { check }),
    ...(verifyAuto === undefined ? {} : { verifyAuto }),
  };
  const { port, ported } = await portAndKeep({ session, state, port: asked, answer }, keeping);
  return portDocument(name, refOf(name), port, ported);
}

/** The patch that a prefix of an id means, or the first root in conflict. */
function chosen(patches: readonly PatchOutcome[], wanted: string | undefined): PatchOutcome {
  const found =
    wanted === undefined
      ? patches.filter(({ status }) => status === "conflict").slice(0, 1)
      : patches.filter(({ patch }) => patch.startsWith(wanted));
  const [one, ...others] = found;
  if (one !== undefined && others.length === 0) return one;
  const what =
    wanted === undefined
      ? "no patch is in conflict"
      : one === undefined
        ? `no patch of this port is ${wanted}`
        : `${wanted} means ${found.length} patches of this port`;
  throw new UnforkError("usage", what, { hint: "unfork patch port --json lists all with their ids" });
}

function folderOf({ name }: WaitingPort, work: string, patch: StackPatch): ConflictFolder {
  const sides = { release: patch.commit.slice(0, 12), ours: "upstream", base: "the patch's base", theirs: patch.subject };
  return { root: work, feature: name, sides };
}

function shown(conflict: BatchConflict): BatchConflict {
  return { ...conflict, path: shownBytes(conflict.path) };
}

function pathOf(conflicts: readonly BatchConflict[], path: string): string {
  return conflicts.find((conflict) => shownBytes(conflict.path) === path)?.path ?? path;
}
