/**
 * Owns the settling of conflicts by somebody's own command: it is given a packet and returns files, which count only when they
 * are sound, lose no line without a reason, and pass the command that verifies them. Each try is recorded.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { gitOk } from "../../git/git.js";
import type { PatchOutcome } from "../../model/patch.js";
import { wallClockIso } from "../../support/clock.js";
import { run } from "../../support/exec.js";
import { canonicalJson } from "../../support/hash.js";
import { lostLines } from "../line-audit/lost-lines.js";
import { type Answer, type OpenConflict, type PortRun, type RunResult, runPort } from "../alone/run-port.js";
import type { Resolution } from "../state/resolutions.js";
import { checkAnswer } from "./check-answer.js";
import { conflictPacket } from "./packet.js";

export interface Resolver {
  /** A shell's command line: a packet on stdin, an answer on stdout. */
  readonly command: string;
  /** Tries per conflict. */
  readonly tries: number;
  /** Milliseconds per try. */
  readonly timeoutMs: number;
  /** A shell's command line, run in a checkout of the patch as it was settled; exit 0 is wanted. */
  readonly verify: string | null;
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
    const packet = await conflictPacket(pool, { open, outcome, outcomes: ported.patches, onto: port.port.onto, tries: faults });
    const fault = await oneTry(port, resolver, { open, packet: canonicalJson(packet, 2), answers });
    await recordTry(port, { patch: outcome.patch, number, command: resolver.command, fault });
    if (fault === undefined) return true;
    faults.push(fault);
  }
  return false;
}

/** A sentence on what was wrong, or undefined when the answer was taken. */
async function oneTry(
  port: PortRun,
  resolver: Resolver,
  { open, packet, answers }: { open: OpenConflict; packet: string; answers: Answers },
): Promise<string | undefined> {
  const result = await run({
    command: "sh",
    args: ["-c", resolver.command],
    input: packet,
    timeoutMs: resolver.timeoutMs,
    mostOutput: 64 * 2 ** 20,
  });
  if (result.timedOut) return `it took longer than ${resolver.timeoutMs / 1000} s and was ended`;
  if (result.code !== 0) return `it ended with ${result.code ?? result.signal}: ${result.stderr.trim().slice(-500)}`;
  const checked = await checkAnswer(port.session.pool, open.conflicts, result.stdout);
  if (checked.status === "refused") return checked.why;
  const patch = open.patch.commit;
  const before = answers.get(patch);
  answers.set(patch, checked.files);
  const fault = await faultOfResult(port, resolver, patch, answers);
  if (fault === undefined) return undefined;
  if (before === undefined) answers.delete(patch);
  else answers.set(patch, before);
  return fault;
}

async function faultOfResult(port: PortRun, resolver: Resolver, patch: string, answers: Answers): Promise<string | undefined> {
  const ported = await dryRun(port, async (open) => answers.get(open.patch.commit) ?? (await port.answer(open)));
  const outcome = ported.patches.find((one) => one.patch === patch);
  if (outcome === undefined || outcome.status === "conflict" || outcome.status === "cascade") return "the conflict is still there";
  if (ported.explanations.get(patch) === undefined) {
    const lost = await lostLines(port.session.pool, port.port.onto, [outcome]);
    if (lost.length > 0)
      return `it leaves out lines of the patch that upstream does not have; keep them, or say why in "explain":\n${lost.slice(0, 20).join("\n")}`;
  }
  return resolver.verify === null ? undefined : await verified(port, resolver.verify, outcome.commit ?? ported.tip);
}

/** The command's end in a checkout of the commit: what it wrote last when it failed. */
async function verified({ session: { pool } }: PortRun, command: string, commit: string): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), "unfork-verify-"));
  try {
    pool.show();
    await mkdir(join(folder, "tree"));
    const archive = await gitOk(pool.repository, ["archive", "--format=tar", commit]);
    await run({ command: "tar", args: ["-xf", "-", "-C", join(folder, "tree")], input: archive });
    const result = await run({ command: "sh", args: ["-c", command], cwd: join(folder, "tree"), env: { UNFORK_PATCH: commit } });
    if (result.code === 0) return undefined;
    return `the result does not pass \`${command}\`:\n${(result.stdout.toString("utf8") + result.stderr).trim().slice(-2000)}`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Try {
  readonly patch: string;
  readonly number: number;
  readonly command: string;
  readonly fault: string | undefined;
}

async function recordTry({ state }: PortRun, { patch, number, command, fault }: Try): Promise<void> {
  const entry = { command, outcome: fault === undefined ? "taken" : "refused", why: fault ?? null, at: wallClockIso() };
  await state.files.set(`tries/${patch}/${number}.json`, `${canonicalJson(entry, 2)}\n`);
}
