/** Owns the rules that move use cases along the stages of migration by what their shadow runs came to. */
import { join } from "node:path";

import { type ShadowEntry, type StageRules, shadowEntrySchema } from "../../model/shadow.js";
import { MIGRATION_STAGES, type MigrationStage, type StageChange } from "../../model/use-case-stage.js";
import { addJsonLines, readJsonLines } from "../../support/json-lines.js";
import { changeStage, readStageChanges, stageOf } from "../stages.js";

export function historyFile(out: string): string {
  return join(out, "shadow.jsonl");
}

/** Adds the runs to the history and moves each use case as the rules say. Gives the moves. */
export async function recordAndMove(
  register: string,
  history: string,
  entries: readonly ShadowEntry[],
  rules: StageRules,
): Promise<StageChange[]> {
  await addJsonLines(history, entries);
  const all = await readJsonLines(history, shadowEntrySchema);
  const moves: StageChange[] = [];
  for (const entry of entries) {
    const changes = await readStageChanges(register);
    const wanted = moveOf(all, changes, entry, rules);
    if (wanted !== undefined) moves.push(await changeStage(register, { useCase: entry.useCase, when: entry.when, ...wanted }));
  }
  return moves;
}

type Move = Pick<StageChange, "to" | "who" | "why">;

/** The move that this run brings about, given all runs up to it; undefined for none. */
export function moveOf(
  history: readonly ShadowEntry[],
  changes: readonly StageChange[],
  entry: ShadowEntry,
  { promote, demote }: StageRules,
): Move | undefined {
  const stage = stageOf(entry.useCase, changes);
  if (stage === "legacy-deleted") return undefined;
  if (demote !== undefined && isOneOf(entry.verdict, demote.on)) {
    const why = `${entry.verdict} in shadow: ${entry.reasons.join("; ")}`;
    return isBefore(demote.to, stage) ? { to: demote.to, who: `unfork, by rule demote.on ${entry.verdict}`, why } : undefined;
  }
  const next = MIGRATION_STAGES[MIGRATION_STAGES.indexOf(stage) + 1];
  if (promote === undefined || next === undefined || isBefore(promote.upTo, next)) return undefined;
  const clean = cleanInARow(history, changes, entry);
  if (clean.length < promote.after) return undefined;
  const why = `${clean.length} clean shadow runs in a row at ${stage}, ${clean[0]?.when} to ${clean.at(-1)?.when}`;
  return { to: next, who: `unfork, by rule promote.after ${promote.after}`, why };
}

/** Clean runs up to this one: of the same program and the same roles, since the use case came to its stage. */
function cleanInARow(history: readonly ShadowEntry[], changes: readonly StageChange[], entry: ShadowEntry): ShadowEntry[] {
  const since = changes.findLast(({ useCase }) => useCase === entry.useCase)?.when ?? "";
  const own = history.filter(({ useCase, when }) => useCase === entry.useCase && when > since && when <= entry.when);
  const broken = own.findLastIndex(
    ({ verdict, program, reverse }) => verdict !== "clean" || program !== entry.program || reverse !== entry.reverse,
  );
  return own.slice(broken + 1);
}

function isBefore(a: MigrationStage, b: MigrationStage): boolean {
  return MIGRATION_STAGES.indexOf(a) < MIGRATION_STAGES.indexOf(b);
}

function isOneOf(verdict: string, wanted: readonly string[]): boolean {
  return wanted.includes(verdict);
}
