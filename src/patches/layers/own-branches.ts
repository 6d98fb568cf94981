/** Owns which branches a run on layers may move: those that it made itself, and that nobody works on. */
import type { RefUpdate } from "../../git/refs.js";
import { UnforkError } from "../../support/errors.js";
import { checkedOut } from "../candidate/checked-out.js";
import type { OpenLayer } from "./open-layers.js";

/** A branch that is to stand elsewhere; `next` null: it goes. */
export interface BranchMove {
  readonly ref: string;
  readonly next: string | null;
  /** Where an earlier run put it; undefined: nowhere that is known. */
  readonly ours: string | null | undefined;
}

/** Throws `input-invalid` for a branch that somebody else made or moved, or has checked out. */
export async function branchUpdates({ layer, session, refs }: OpenLayer, moves: readonly BranchMove[]): Promise<RefUpdate[]> {
  const updates = moves.flatMap(({ ref, next, ours }) => {
    const old = refs.get(ref) ?? null;
    if (old === next || (old === null && next === null)) return [];
    if (old !== null && old !== ours)
      throw new UnforkError(
        "input-invalid",
        `${layer.place}: layer ${layer.name}: ${short(ref)} is ${old.slice(0, 10)}, which no port of these layers made`,
        {
          hint: `rename it, or remove it to have it made: git -C ${layer.folder} branch -m ${short(ref)} ${short(ref)}-mine`,
          context: { ref },
        },
      );
    return [{ ref, old, next }];
  });
  const moving = updates.filter(({ old }) => old !== null).map(({ ref }) => ref);
  const places = moving.length === 0 ? [] : await checkedOut(session.existing, moving);
  const [first] = places;
  if (first === undefined) return updates;
  throw new UnforkError("input-invalid", `${layer.place}: layer ${layer.name}: ${short(first.ref)} is checked out in ${first.folder}`, {
    hint: `check another branch out there: git -C ${first.folder} switch --detach`,
    context: { ref: first.ref },
  });
}

function short(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}
