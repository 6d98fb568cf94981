/** Owns the patches that a port leaves out by itself, before and after the rest is placed. */
import { shownBytes } from "../../git/bytes.js";
import type { PatchOutcome } from "../../model/patch.js";
import type { Settle } from "../stack/place-stack.js";
import type { Placement } from "../stack/placement.js";
import type { PortContext } from "../stack/port-context.js";
import type { StackPatch } from "../stack/stack-patch.js";
import { type CancelledPair, cancelledPairs } from "./cancelled.js";
import { type Verdict, verdictAfter, verdictBefore } from "./decide.js";
import { type UpstreamHistory, findUpstreamed } from "./find-upstreamed.js";

export interface LeaveOut {
  /** What is told of the patches that are not to be placed at all. */
  readonly outcomes: ReadonlyMap<StackPatch, PatchOutcome>;
  /** Parts what was placed: what upstream has after all, and the rest with what speaks for that and is not enough. */
  readonly afterwards: <T extends Placed>(placed: readonly T[]) => Promise<Parted<T>>;
  /** Asks nobody about a conflict of a patch that upstream has. */
  readonly settling: (settle: Settle | undefined) => Settle | undefined;
}

export interface Placed {
  readonly patch: StackPatch;
  readonly placement: Placement;
}

export interface Parted<T> {
  readonly gone: readonly PatchOutcome[];
  readonly rest: readonly (T & { readonly evidence: readonly string[] })[];
}

/** Nothing is looked for, nothing left out. */
export const LEAVE_NOTHING_OUT: LeaveOut = {
  outcomes: new Map(),
  afterwards: (placed) => Promise.resolve({ gone: [], rest: placed.map((one) => Object.assign({ evidence: [] }, one)) }),
  settling: (settle) => settle,
};

/** Looks for patches that upstream has, and for those that the stack itself takes back. */
export async function leaveOut(context: PortContext, history: UpstreamHistory, patches: readonly StackPatch[]): Promise<LeaveOut> {
  const known = await findUpstreamed({ ...context, ...history, patches });
  const verdicts = await Promise.all(patches.map(async (patch) => [patch, await verdictBefore(known, patch)] as const));
  const pairs = await cancelledPairs(context, patches, (patch) => known.signals.has(patch));
  const surely = verdicts.filter(([, { upstreamed }]) => upstreamed).map(([patch, verdict]) => [patch, dropped(patch, verdict)] as const);
  return {
    outcomes: new Map([...surely, ...pairs.flatMap(cancelled)]),
    afterwards: async (placed) => {
      const told = await Promise.all(placed.map(async (one) => ({ one, verdict: await verdictAfter(known, one.patch, one.placement) })));
      return {
        gone: told.filter(({ verdict }) => verdict.upstreamed).map(({ one, verdict }) => dropped(one.patch, verdict)),
        rest: told
          .filter(({ verdict }) => !verdict.upstreamed)
          .map(({ one, verdict }) => Object.assign({ evidence: verdict.evidence }, one)),
      };
    },
    settling: (settle) => async (patch, placement) => {
      if (settle === undefined || (await verdictAfter(known, patch, placement)).upstreamed) return placement;
      return await settle(patch, placement);
    },
  };
}

function dropped(patch: StackPatch, { evidence, commit }: Verdict): PatchOutcome {
  return { ...left(patch), status: "upstreamed", evidence: [...evidence], ...(commit === undefined ? {} : { upstream: commit }) };
}

function cancelled({ first, second }: CancelledPair): (readonly [StackPatch, PatchOutcome])[] {
  const [one, other] = [first, second].map(({ commit, subject }) => `${commit.slice(0, 10)} ${subject}`);
  const because = "the stack is the same without both";
  return [
    [first, { ...left(first), status: "empty", evidence: [`taken back in the stack itself by ${other}: ${because}`] }],
    [second, { ...left(second), status: "empty", evidence: [`takes back ${one} of the stack itself: ${because}`] }],
  ];
}

function left({ commit, subject, changes }: StackPatch): Omit<PatchOutcome, "status" | "evidence"> {
  return { patch: commit, subject, commit: null, files: changes.map(({ path }) => shownBytes(path)), culprits: [], root: null };
}
