/** Owns one run of a port on somebody's own repository: recorded answers used, those just given recorded. */
import { shownBytes } from "../../git/bytes.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import { patchIds } from "../../git/patch-ids.js";
import type { TreeEntry } from "../../git/tree.js";
import type { PatchOutcome, PatchPort } from "../../model/patch.js";
import { PATCH_STATUSES, type PatchStatus } from "../../model/patch-status.js";
import type { Placement } from "../stack/placement.js";
import { type PortedStack, portStack } from "../stack/port-stack.js";
import { type StackPatch, listStack } from "../stack/stack-patch.js";
import type { PatchState, PortState } from "../state/patch-state.js";
import { type Resolution, resolutionMemory } from "../state/resolutions.js";
import type { UpstreamHistory } from "../upstreamed/find-upstreamed.js";
import { type Session, commitOf } from "./session.js";

/** A conflict, asked about in the order of the stack. */
export interface OpenConflict {
  readonly patch: StackPatch;
  readonly conflicts: readonly BatchConflict[];
}

/** Answers given now, by path; a conflict with any path unanswered stays one. */
export type Answer = (open: OpenConflict) => Promise<ReadonlyMap<string, Resolution> | undefined>;

export interface PortRun {
  readonly session: Session;
  readonly port: PortState;
  readonly state: PatchState;
  readonly answer: Answer;
}

/** What came out of a run. */
export interface RunResult extends PortedStack {
  /** By patch, why lines of it are left out. */
  readonly explanations: ReadonlyMap<string, string>;
  /** By patch, what was in conflict: with its answer in the notes ref, or without. */
  readonly met: ReadonlyMap<string, OpenConflict & { readonly patchId: string }>;
}

export async function runPort({ session, port, state, answer }: PortRun): Promise<RunResult> {
  const { pool } = session;
  const onto = await commitOf(session, port.onto);
  const commits = await listStack(pool, port);
  const explanations = new Map(port.skipped.map(({ patch, reason }) => [patch, `left out by hand: ${reason}`]));
  const met = new Map<string, OpenConflict & { readonly patchId: string }>();
  let ids: Promise<Map<string, string>> | undefined;
  const settle = async (patch: StackPatch, placement: Placement) => {
    if (placement.status !== "conflict") return placement;
    // All at once, at the first conflict.
    ids ??= patchIds(pool.repository, commits);
    const patchId = (await ids).get(patch.commit) ?? patch.commit;
    met.set(patch.commit, { patch, patchId, conflicts: placement.conflicts });
    const explain = (why: string) => explanations.set(patch.commit, why);
    return await settled({ session, port, state, answer }, { patch, patchId, explain }, placement);
  };
  const skipped = new Map(port.skipped.map(({ patch, reason }) => [patch, reason]));
  const ported = await portStack({
    pool,
    commits,
    onto: { commit: onto.id, tree: onto.tree },
    settle,
    skipped,
    known: [port.base, port.tip],
    ...historyOf(port),
    ...(session.existing.partial ? { partial: session.existing } : {}),
  });
  return { ...ported, explanations, met };
}

function historyOf({ base, onto, upstreamed }: PortState): { upstream?: UpstreamHistory } {
  return upstreamed === null ? {} : { upstream: { base, onto, head: upstreamed.head } };
}

type Conflict = Extract<Placement, { status: "conflict" }>;

interface Settling {
  readonly patch: StackPatch;
  readonly patchId: string;
  readonly explain: (why: string) => void;
}

/** Recorded answers first, then those that are given now; all of them, or it stays a conflict. */
async function settled(run: PortRun, { patch, patchId, explain }: Settling, placement: Conflict): Promise<Placement> {
  const { pool } = run.session;
  const memory = resolutionMemory(run.state.files);
  const answers = new Map<BatchConflict, Resolution>();
  for (const conflict of placement.conflicts) {
    const known = await memory.find(patchId, conflict, placement.conflicts);
    if (known !== undefined) answers.set(conflict, known);
  }
  const open = placement.conflicts.filter((conflict) => !answers.has(conflict));
  const given = open.length === 0 ? undefined : await run.answer({ patch, conflicts: open });
  for (const conflict of open) {
    const now = given?.get(conflict.path);
    if (now === undefined) return placement;
    answers.set(conflict, now);
  }
  for (const [conflict, resolution] of answers) {
    if (open.includes(conflict)) await memory.record(patchId, conflict, resolution);
    if (resolution.why !== null) explain(resolution.why);
  }
  return resolvedPlacement(pool, placement, answers, open);
}

function resolvedPlacement(
  pool: Session["pool"],
  placement: Conflict,
  answers: ReadonlyMap<BatchConflict, Resolution>,
  open: readonly BatchConflict[],
): Placement {
  const changes = new Map(placement.rest);
  for (const [conflict, { content }] of answers) {
    const entry = content === null ? null : { mode: modeOf(conflict), id: pool.add("blob", content) };
    if (entry?.id !== conflict.ours?.id || entry?.mode !== conflict.ours?.mode) changes.set(conflict.path, entry);
  }
  const resolved = placement.conflicts.map(({ path }, at) => {
    const isNew = open.includes(placement.conflicts[at] as BatchConflict);
    return `${shownBytes(path)}: ${isNew ? "settled by hand, and recorded" : "recorded resolution for exactly these three contents"}`;
  });
  return { status: "placed", way: placement.way, changes, moved: new Map(), resolved };
}

function modeOf({ base, ours, theirs }: BatchConflict): TreeEntry["mode"] {
  return ours !== null && theirs !== null && ours.mode === base?.mode ? theirs.mode : ((ours ?? theirs ?? base)?.mode ?? "100644");
}

/** The document that a port prints. */
export function portDocument(name: string, ref: string | null, port: PortState, ported: PortedStack): PatchPort {
  return {
    name,
    ref,
    series: { base: port.base, tip: port.tip },
    onto: port.onto,
    commit: ported.tip,
    tree: ported.tree,
    summary: summaryOf(ported.patches),
    patches: [...ported.patches],
  };
}

export function summaryOf(patches: readonly PatchOutcome[]): Record<PatchStatus, number> {
  const count = (status: PatchStatus) => patches.filter((patch) => patch.status === status).length;
  return Object.fromEntries(PATCH_STATUSES.map((status) => [status, count(status)])) as Record<PatchStatus, number>;
}

/** Whether somebody has to do something. */
export function isOpen({ status }: PatchOutcome): boolean {
  return status === "conflict" || status === "cascade";
}
