/**
 * Owns the move of refs in several repositories: all objects are stored first, then each repository's refs move in one
 * transaction. Where one fails the earlier ones go back; a journal beside the root lets the next run carry a killed one through.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";

import { type RefUpdate, updateRefs } from "../../git/refs.js";
import { messageOf } from "../../support/errors.js";
import { writeFileAtomic } from "../../support/fs.js";
import type { Session } from "../alone/session.js";
import { ofLayer } from "./of-layer.js";

export interface LayerMove {
  readonly name: string;
  readonly session: Session;
  readonly updates: readonly RefUpdate[];
}

/** What the journal holds, in the order of the transactions. */
export type LayersJournal = readonly { readonly name: string; readonly repository: string; readonly updates: readonly RefUpdate[] }[];

export const LAYERS_JOURNAL = "unfork-layers.json";

/** `rootFolder`: the git directory of the root, which keeps the journal. */
export async function moveRefs(rootFolder: string, moves: readonly LayerMove[]): Promise<void> {
  await Promise.all(moves.map(({ session }) => session.pool.store()));
  const real = moves
    .map((move) => ({ ...move, updates: move.updates.filter(({ old, next }) => old !== next) }))
    .filter(({ updates }) => updates.length > 0);
  if (real.length === 0) return;
  const journal = join(rootFolder, LAYERS_JOURNAL);
  const entries: LayersJournal = real.map(({ name, session, updates }) => ({
    name,
    repository: session.existing.repository.path,
    updates,
  }));
  await writeFileAtomic(journal, JSON.stringify(entries));
  const done: LayerMove[] = [];
  for (const move of real) {
    try {
      await updateRefs(move.session.existing.repository, move.updates);
    } catch (error) {
      const left = await putBack(done);
      await rm(journal, { force: true });
      throw failed(move, done, left, error);
    }
    done.push(move);
  }
  await rm(journal, { force: true });
}

/** Gives the layers whose refs somebody else moved meanwhile, so that they stay. */
async function putBack(done: readonly LayerMove[]): Promise<string[]> {
  const left: string[] = [];
  for (const { name, session, updates } of done.toReversed()) {
    const back = updates.map(({ ref, old, next }) => ({ ref, old: next, next: old }));
    try {
      await updateRefs(session.existing.repository, back);
    } catch (error) {
      left.push(`${name} (${messageOf(error)})`);
    }
  }
  return left;
}

function failed({ name, session }: LayerMove, done: readonly LayerMove[], left: readonly string[], error: unknown): unknown {
  const others = done.map((move) => move.name).join(", ");
  const what =
    done.length === 0
      ? "no ref was moved in any repository"
      : left.length === 0
        ? `the refs of ${others}, which had moved, are back where they were`
        : `the refs of ${left.join(", ")} could not be put back`;
  return ofLayer({ name }, session, error, `; ${what}`);
}
