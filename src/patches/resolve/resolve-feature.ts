/** Owns the settling of a feature's conflicts by somebody's own command: the packet, the checks and the tries of a stack's patches. */
import { bytesOf } from "../../git/bytes.js";
import { treeOf, writeCommit } from "../../git/commit.js";
import type { ConflictedPath } from "../../git/merge.js";
import type { BatchConflict } from "../../git/merge-batch.js";
import { messageText, parseRawCommit, subjectOf } from "../../git/raw-commit.js";
import { canonicalJson } from "../../support/hash.js";
import { shownBytes } from "../../git/bytes.js";
import type { Context } from "../context.js";
import { lostLines } from "../line-audit/lost-lines.js";
import { treeWith } from "../recorded-answers.js";
import type { Answers, Taken, Trial } from "../trial.js";
import { featureFault } from "../verify-feature.js";
import { type ResolverCommand, askResolver, lostFault } from "./ask-resolver.js";
import { checkAnswer } from "./check-answer.js";
import { conflictPacket } from "./packet.js";
import { NOT_PASSED, recordTry } from "./record-try.js";

export interface ToAsk {
  /** Conflicts that nobody has answered. */
  readonly missing: readonly ConflictedPath[];
  /** What a person edited beside them. */
  readonly answers: Answers;
}

/** Asks until an answer is taken or the tries are used up; every try is recorded in the notes ref. */
export async function askAbout(context: Context, trial: Trial, asked: ToAsk): Promise<Taken> {
  const { resolver } = context.settling;
  if (resolver === null) throw new Error("nobody is there to be asked");
  const faults: string[] = [];
  const folder = `tries/${trial.loaded.feature.name}/${trial.folder.sides.release}`;
  for (let number = 1; number <= resolver.tries; number++) {
    const taken = await oneTry(context, trial, resolver, { ...asked, faults });
    await recordTry(context.state.files, folder, resolver.command, taken.status === "taken" ? undefined : taken);
    if (taken.status === "taken") return taken;
    faults.push(taken.why);
  }
  const tries =
    resolver.tries === 1 ? "the resolver's try was refused" : `each of the resolver's ${resolver.tries} tries was refused, the last one`;
  return { status: "refused", why: `${tries}: ${faults.at(-1)}` };
}

async function oneTry(
  context: Context,
  trial: Trial,
  resolver: ResolverCommand,
  { missing, answers, faults }: ToAsk & { readonly faults: readonly string[] },
): Promise<Taken> {
  const { pool } = context.engine;
  const conflicts = missing.map(inBytes);
  const packet = await packetOf(context, trial, conflicts, faults);
  const said = await askResolver(resolver, canonicalJson(packet, 2));
  if (said.status === "refused") return said;
  const checked = await checkAnswer(pool, conflicts, said.stdout);
  if (checked.status === "refused") return checked;
  const given = missing.map((conflict, at) => [conflict, checked.files.get(conflicts[at]?.path ?? "")] as const);
  const all: Answers = new Map([
    ...answers,
    ...given.flatMap(([conflict, answer]) => (answer === undefined ? [] : [[conflict, answer] as const])),
  ]);
  const tree = await treeWith(context, trial, all);
  const explained = [...all.values()].some(({ why }) => why !== null);
  const lost = explained ? [] : await lostIn(context, trial, tree);
  if (lost.length > 0) return { status: "refused", why: lostFault(lost) };
  const fault = await featureFault(context, trial, tree);
  return fault === undefined ? { status: "taken", answers: all } : { status: "refused", why: fault, kept: NOT_PASSED };
}

/** Lines of the feature that are neither in this tree nor in what it came onto. */
export async function lostIn({ objects, engine: { pool } }: Context, { loaded, placing }: Trial, tree: string): Promise<string[]> {
  if (tree === (await treeOf(objects, placing.onto)))
    return await lostLines(pool, placing.onto, [{ ...NOTHING, patch: placing.patch, subject: "", commit: null }]);
  const subject = loaded.feature.name;
  const commit = await writeCommit(objects, { tree, parents: [placing.onto], subject, trailers: {} });
  return await lostLines(pool, placing.onto, [{ ...NOTHING, patch: placing.patch, subject, commit }]);
}

const NOTHING = { status: "auto" as const, files: [], culprits: [], evidence: [], root: null };

async function packetOf(context: Context, { loaded, placing }: Trial, conflicts: readonly BatchConflict[], tries: readonly string[]) {
  const { pool } = context.engine;
  const raw = parseRawCommit(await pool.read(placing.patch, "commit"));
  const patch = { commit: placing.patch, subject: shownBytes(subjectOf(messageText(raw))), raw };
  const cascades = context.features
    .filter(({ feature }) => feature.dependsOn.includes(loaded.feature.name))
    .map(({ feature }) => ({ id: feature.name, subject: feature.purpose }));
  return await conflictPacket(pool, { patch, conflicts, culprits: [], cascades, onto: placing.onto, tries });
}

function inBytes(conflict: ConflictedPath): BatchConflict {
  return { ...conflict, path: bytesOf(conflict.path) };
}
