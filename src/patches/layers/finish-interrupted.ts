/** Owns what a run left that was killed between the transactions of two repositories: it is carried through. */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { type LeftMove, recoverRefs, stillToMove } from "../../git/recover-refs.js";
import { findJournals } from "../../git/ref-journal.js";
import { type RefUpdate, updateRefs } from "../../git/refs.js";
import { UnforkError, messageOf } from "../../support/errors.js";
import { LAYERS_JOURNAL } from "./move-refs.js";

const idSchema = z.string().nullable();
const journalSchema = z.array(
  z.strictObject({
    name: z.string(),
    repository: z.string(),
    updates: z.array(z.strictObject({ ref: z.string(), old: idSchema, next: idSchema })),
  }),
);

/** Throws `state-invalid` where somebody moved one of the refs since, with all refs as they are. */
export async function finishInterrupted(rootFolder: string): Promise<void> {
  const path = join(rootFolder, LAYERS_JOURNAL);
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const journal = parse(path, text);
  const open = await Promise.all(
    journal.map(({ name, repository, updates }) => stillToMove({ path: repository }, updates, leftOf(name, path))),
  );
  for (const [at, { repository, updates }] of journal.entries()) {
    if (wasInside(repository, updates)) await recoverInside(repository);
    else await updateRefs({ path: repository }, open[at] ?? []);
  }
  await rm(path, { force: true });
}

function leftOf(layer: string, journal: string): LeftMove {
  return { when: "between two repositories", whose: ` of layer ${layer}`, journal };
}

/** The kill fell into this very transaction, so that its locks are left. */
function wasInside(repository: string, updates: readonly RefUpdate[]): boolean {
  const wanted = textOf(updates);
  return findJournals({ path: repository }).some((journal) => textOf(journal.updates) === wanted);
}

function textOf(updates: readonly RefUpdate[]): string {
  return JSON.stringify(updates.map(({ ref, old, next }) => ({ ref, old, next })));
}

async function recoverInside(repository: string): Promise<void> {
  if (await recoverRefs({ path: repository })) return;
  throw new UnforkError("locked", `a run still moves refs in ${repository}`, { hint: "try again when it has ended" });
}

function parse(path: string, text: string): z.infer<typeof journalSchema> {
  try {
    return journalSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UnforkError("state-invalid", `${path} is not a journal of ours: ${messageOf(error)}`, {
      hint: "remove this file",
      cause: error,
    });
  }
}
