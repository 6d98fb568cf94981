/** Owns the repositories of all layers, opened for as long as a piece of work takes; one such work at a time on a root. */
import { realpathSync } from "node:fs";
import { join } from "node:path";

import { recoverRefs, tellLeftRefs } from "../../git/recover-refs.js";
import { listRefs } from "../../git/refs.js";
import { UnforkError } from "../../support/errors.js";
import { takeLock } from "../../support/lock.js";
import { type Session, withRepository } from "../alone/session.js";
import { type PatchState, openPatchState } from "../state/patch-state.js";
import { finishInterrupted } from "./finish-interrupted.js";
import { type Layer, type Layers, type Pinned, type Root, readLayers } from "./read-layers.js";

export interface OpenLayer<T extends Layer = Layer> {
  readonly layer: T;
  readonly session: Session;
  readonly refs: ReadonlyMap<string, string>;
  readonly state: PatchState;
}

export interface OpenLayers {
  readonly file: string;
  readonly root: OpenLayer<Root>;
  readonly pinned: readonly OpenLayer<Pinned>[];
}

/**
 * Opens all repositories. `writes`: no other run may work on these layers meanwhile, and what a killed one left half done is
 * carried through first.
 */
export async function withLayers<T>(file: string, writes: boolean, work: (open: OpenLayers) => Promise<T>): Promise<T> {
  const layers = await readLayers(file);
  return await withSessions([layers.root, ...layers.pinned], [], async (sessions) => {
    wantApart(layers, sessions);
    const [root] = sessions;
    if (root === undefined) throw new Error("a layers file has a root");
    if (!writes) {
      await Promise.all(sessions.map(({ existing }) => tellLeftRefs(existing.repository)));
      return await work(await opened(layers, sessions));
    }
    const folder = root.existing.repository.path;
    const release = await takeLock(join(folder, "unfork-layers.lock"), `unfork patch, layers of ${file}`);
    try {
      await finishInterrupted(folder);
      for (const { existing } of sessions) await recoverRefs(existing.repository);
      return await work(await opened(layers, sessions));
    } finally {
      await release();
    }
  });
}

async function withSessions<T>(
  rest: readonly Layer[],
  sessions: readonly Session[],
  work: (sessions: readonly Session[]) => Promise<T>,
): Promise<T> {
  const [layer, ...others] = rest;
  if (layer === undefined) return await work(sessions);
  let within = false;
  try {
    const inside = (session: Session) => {
      within = true;
      return withSessions(others, [...sessions, session], work);
    };
    // Whether a transaction is carried through depends on the other layers, too.
    return await withRepository(layer.folder, inside, "leave");
  } catch (error) {
    if (within || !(error instanceof UnforkError) || (error.code !== "input-missing" && error.code !== "input-invalid")) throw error;
    throw new UnforkError(error.code, `${layer.place}: layer ${layer.name}: ${error.message}`, {
      hint: "correct `repo`, which counts from the folder of the layers file",
      cause: error,
    });
  }
}

async function opened({ file, root, pinned }: Layers, [first, ...rest]: readonly Session[]): Promise<OpenLayers> {
  const [openRoot, ...others] = await Promise.all([openOne(root, first), ...pinned.map((layer, at) => openOne(layer, rest[at]))]);
  return { file, root: openRoot, pinned: others };
}

async function openOne<L extends Layer>(layer: L, session: Session | undefined): Promise<OpenLayer<L>> {
  if (session === undefined) throw new Error(`the repository of ${layer.name} is not open`);
  const [refs, state] = await Promise.all([listRefs(session.existing.repository), openPatchState(session.pool)]);
  return { layer, session, refs, state };
}

/** Branches of two layers in one repository would be each other's. */
function wantApart({ root, pinned }: Layers, sessions: readonly Session[]): void {
  const folders = sessions.map(({ existing }) => realpathSync(existing.objects));
  for (const [at, layer] of [root, ...pinned].entries()) {
    const other = [root, ...pinned][folders.indexOf(folders[at] ?? "")];
    if (other === undefined || other === layer) continue;
    throw new UnforkError(
      "config-invalid",
      `${layer.place}: layers ${other.name} and ${layer.name} are the same repository ${layer.folder}`,
      {
        hint: "each layer wants a repository of its own: a clone will do",
      },
    );
  }
}
