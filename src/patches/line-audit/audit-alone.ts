/** Owns `patch audit` on any repository: of a port of ours, or of a stack that somebody carried over by other means. */
import { messageText, parseRawCommit, subjectOf } from "../../git/raw-commit.js";
import { treeReader } from "../../git/tree-draft.js";
import type { PatchAudit } from "../../model/patch-audit.js";
import type { PatchOutcome } from "../../model/patch.js";
import { UnforkError } from "../../support/errors.js";
import { isOpen, runPort } from "../alone/run-port.js";
import { type Session, commitOf, readRepository } from "../alone/session.js";
import { listStack, parseRange } from "../stack/stack-patch.js";
import { type PortState, openPatchState } from "../state/patch-state.js";
import { type PortedPatch, auditSeries } from "./audit-series.js";

export interface AuditRequest {
  readonly repo: string;
  /** The port to look at. */
  readonly name: string;
  /** Instead: a series, its new base, and what came out of it by other means. */
  readonly other?: { readonly series: string; readonly onto: string; readonly result: string };
}

export async function auditAlone({ repo, name, other }: AuditRequest): Promise<PatchAudit> {
  return await readRepository(repo, async (session) => {
    const { port, result, patches } = other === undefined ? await ourPort(session, name) : await othersPort(session, other);
    const onto = await commitOf(session, port.onto);
    const audited = await auditSeries({ pool: session.pool, readTree: treeReader(session.pool), onto: onto.tree, patches });
    const sum = (fate: keyof PatchAudit["lines"]) => audited.reduce((total, { lines }) => total + lines[fate], 0);
    const lines = { present: sum("present"), upstreamed: sum("upstreamed"), explained: sum("explained"), lost: sum("lost") };
    return { series: { base: port.base, tip: port.tip }, onto: port.onto, result, lines, patches: audited };
  });
}

interface Ported {
  readonly port: Pick<PortState, "base" | "tip" | "onto">;
  readonly result: string;
  readonly patches: readonly PortedPatch[];
}

/** A port of ours is made again in memory, which gives the same commits and tells which patch became which. */
async function ourPort(session: Session, name: string): Promise<Ported> {
  const state = await openPatchState(session.pool);
  const port = await state.port(name);
  if (port === undefined) {
    throw new UnforkError("usage", `there is no port named '${name}' in ${session.existing.repository.path}`, {
      hint: "unfork patch port makes one; for a stack carried over by other means: --series OLD_BASE..TIP --onto NEW_BASE --result REF",
    });
  }
  const ported = await runPort({ session, port, state, answer: () => Promise.resolve(undefined) });
  return { port, result: ported.tip, patches: ported.patches.map((outcome) => portedPatch(outcome, ported.explanations)) };
}

function portedPatch(outcome: PatchOutcome, explanations: ReadonlyMap<string, string>): PortedPatch {
  const { patch, subject, commit } = outcome;
  const dropped = commit === null ? (outcome.evidence[0] ?? "it was dropped") : null;
  return { patch, subject, commit, waits: isOpen(outcome), explanation: explanations.get(patch) ?? dropped };
}

/** Patches and commits are matched by their subjects, in order. */
async function othersPort(session: Session, { series, onto, result }: NonNullable<AuditRequest["other"]>): Promise<Ported> {
  const range = parseRange(series);
  const [base, tip, start, end] = await Promise.all([range.base, range.tip, onto, result].map((name) => commitOf(session, name)));
  const port = { base: base?.id ?? "", tip: tip?.id ?? "", onto: start?.id ?? "" };
  const [old, made] = await Promise.all([listStack(session.pool, port), listStack(session.pool, { base: port.onto, tip: end?.id ?? "" })]);
  const subjects = await subjectsOf(session, [...old, ...made]);
  const free = new Set(made);
  const patches = old.map((patch) => {
    const subject = subjects.get(patch) ?? "";
    const commit = [...free].find((one) => subjects.get(one) === subject) ?? null;
    if (commit !== null) free.delete(commit);
    return { patch, subject, commit, waits: false, explanation: null };
  });
  return { port, result: end?.id ?? "", patches };
}

async function subjectsOf({ pool }: Session, commits: readonly string[]): Promise<Map<string, string>> {
  const pairs = commits.map(async (commit) => [commit, subjectOf(messageText(parseRawCommit(await pool.read(commit, "commit"))))] as const);
  return new Map(await Promise.all(pairs));
}
