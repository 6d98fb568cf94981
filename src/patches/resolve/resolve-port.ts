/**
 * Owns the settling of conflicts by somebody's own command: it is given a packet and returns files, which count only when they
 * are sound, lose no line without a reason, and pass the command that verifies them. Each try is recorded.
 */
import { join } from "node:path";

import type { PatchOutcome } from "../../model/patch.js";
import { canonicalJson } from "../../support/hash.js";
import { lostLines } from "../line-audit/lost-lines.js";
import { type Answer, type OpenConflict, type PortRun, type RunResult, runPort } from "../alone/run-port.js";
import type { Session } from "../alone/session.js";
import type { Resolution } from "../state/resolutions.js";
import { type ResolverCommand, askResolver, lostFault } from "./ask-resolver.js";
import { checkAnswer } from "./check-answer.js";
import { conflictPacket } from "./packet.js";
import { NOT_PASSED, type Refused, recordTry } from "./record-try.js";
import { type Verify, verifyFault } from "./verify.js";

export interface Resolver extends ResolverCommand {
  /** Build and tests of the patch as it was settled. */
  readonly verify: Verify | null;
}

type Answers = Map<string, ReadonlyMap<string, Resolution>>;

/** Answers for the conflicts that the resolver settled, by patch; to be given to the run that stores the port. */
export async function resolvePort(port: PortRun, resolver: Resolver): Promise<Answer> {
  const answers: Answers = new Map();
  const given: Answer = async (open) => answers.get(open.patch.commit) ?? (await port.answer(open));
  const failed = new Set<string>();
  for (;;) {
    const seen: OpenConflict[] = [];
    const watching: Answer = async (open) => {
      const answer = await given(open);
      if (answer === undefined) seen.push(open);
      return answer;
    };
    const ported = await dryRun(port, watching);
    const outcome = ported.patches.find(({ status, patch }) => status === "conflict" && !failed.has(patch));
    const open = seen.find(({ patch }) => patch.commit === outcome?.patch);
    if (outcome === undefined || open === undefined) return given;
    if (!(await settleOne(port, resolver, { outcome, open, ported, answers }))) failed.add(outcome.patch);
  }
}

/** A run whose answers are tried and not yet recorded. */
async function dryRun(port: PortRun, answer: Answer): Promise<RunResult> {
  const state = { ...port.state, files: { ...port.state.files, set: () => Promise.resolve() } };
  return await runPort({ ...port, state, answer });
}

interface OneConflict {
  readonly outcome: PatchOutcome;
  readonly open: OpenConflict;
  readonly ported: RunResult;
  readonly answers: Answers;
}

/** Whether one of the tries was taken; that one is in `answers` then. */
async function settleOne(port: PortRun, resolver: Resolver, { outcome, open, ported, answers }: OneConflict): Promise<boolean> {
  const { pool } = port.session;
  const faults: string[] = [];
  for (let number = 1; number <= resolver.tries; number++) {
    const cascades = ported.patches.filter(({ root }) => root === outcome.patch).map(({ patch: id, subject }) => ({ id, subject }));
    const { culprits } = outcome;
    const packet = await conflictPacket(pool, { ...open, culprits, cascades, onto: port.port.onto, tries: faults });
    const refused = await oneTry(port, resolver, { open, packet: canonicalJson(packet, 2), answers });
    await recordTry(port.state.files, `tries/${outcome.patch}`, resolver.command, refused);
    if (refused === undefined) return true;
    faults.push(refused.why);
  }
  return false;
}

/** What was wrong, or undefined when the answer was taken. */
async function oneTry(
  port: PortRun,
  resolver: Resolver,
  { open, packet, answers }: { open: OpenConflict; packet: string; answers: Answers },
): Promise<Refused | undefined> {
  const asked = await askResolver(resolver, packet);
  if (asked.status === "refused") return asked;
  const checked = await checkAnswer(port.session.pool, open.conflicts, asked.stdout);
  if (checked.status === "refused") return checked;
  const patch = open.patch.commit;
  const before = answers.get(patch);
  answers.set(patch, checked.files);
  const fault = await faultOfResult(port, resolver, patch, answers);
  if (fault === undefined) return undefined;
  if (before === undefined) answers.delete(patch);
  else answers.set(patch, before);
  return fault;
}

async function faultOfResult(port: PortRun, resolver: Resolver, patch: string, answers: Answers): Promise<Refused | undefined> {
  const ported = await dryRun(port, async (open) => answers.get(open.patch.commit) ?? (await port.answer(open)));
  const outcome = ported.patches.find((one) => one.patch === patch);
  if (outcome === undefined || outcome.status === "conflict" || outcome.status === "cascade")
    return { status: "refused", why: "the conflict is still there" };
  if (ported.explanations.get(patch) === undefined) {
    const lost = await lostLines(port.session.pool, port.port.onto, [outcome]);
    if (lost.length > 0) return { status: "refused", why: lostFault(lost) };
  }
  if (resolver.verify === null) return undefined;
  const why = await patchFault(port.session, resolver.verify, { patch, commit: outcome.commit ?? ported.tip, release: port.port.onto });
  return why === undefined ? undefined : { status: "refused", why, kept: NOT_PASSED };
}

/** A patch of a port, and the commit that stands for it on the new base. */
export interface SettledPatch {
  readonly patch: string;
  readonly commit: string;
  readonly release: string;
}

/** What the build and tests of a settled patch say against it; `UNFORK_PATCH` is its commit. */
export async function patchFault({ existing, pool }: Session, verify: Verify, settled: SettledPatch): Promise<string | undefined> {
  pool.show();
  const { patch, commit, release } = settled;
  const root = existing.repository.path;
  const log = join(root, "unfork", "verify", `${patch.slice(0, 12)}.log`);
  return await verifyFault(verify, {
    repository: pool.repository,
    tree: commit,
    feature: patch,
    release,
    root,
    log,
    env: { UNFORK_PATCH: commit },
  });
}
