/**
 * Owns the search for the places in a chain where a figure jumps: intervals are split at their middle, and both halves are gone into
 * when both hold a part of the change. A place that cannot be measured (it does not build) is passed by.
 */
import { differenceOf, holdsChange } from "../../stats/difference.js";
import type { PairedEstimate } from "../../stats/paired.js";

export interface Chain {
  /** What a place gives after at least so many pairs of runs; undefined where nothing can be measured. */
  readonly read: (place: number, pairs: number) => Promise<PairedEstimate | undefined>;
}

export interface SearchRules {
  /** A place counts when at least this much of the change comes in there. */
  readonly least: number;
  /** Chance that one answer is false. */
  readonly alpha: number;
  readonly firstPairs: number;
  readonly mostPairs: number;
}

/** Where the figure changes. */
export interface Jump {
  /** Before and after it; the change came in behind `from`. */
  readonly from: number;
  readonly to: number;
  readonly change: PairedEstimate;
  /** One place; or why it is no narrower: nothing between can be measured, no half holds enough, or the runs do not settle it. */
  readonly kind: "step" | "unmeasurable" | "spread" | "unsettled";
}

export interface JumpSearch {
  /** In the chain's order. */
  readonly jumps: readonly Jump[];
  /** Questions that were answered by figures. */
  readonly answers: number;
}

/** Looks between two places that can be measured and differ. */
export async function findJumps(chain: Chain, from: number, to: number, rules: SearchRules): Promise<JumpSearch> {
  const search = { answers: 0 };
  const jumps = await split(chain, { from, to }, rules, search);
  return { jumps, answers: search.answers };
}

interface Interval {
  readonly from: number;
  readonly to: number;
}

async function split(chain: Chain, { from, to }: Interval, rules: SearchRules, search: { answers: number }): Promise<Jump[]> {
  const ended = async (kind: Jump["kind"]): Promise<Jump[]> => [{ from, to, kind, change: await changeIn(chain, { from, to }, rules) }];
  if (to - from === 1) return await ended("step");
  const middle = await measurableNear(chain, { from, to }, rules);
  if (middle === undefined) return await ended("unmeasurable");
  const halves = [
    { from, to: middle },
    { from: middle, to },
  ];
  const found: Jump[] = [];
  const unsettled: Interval[] = [];
  for (const half of halves) {
    const answer = await asks(chain, half, rules);
    search.answers++;
    if (answer === "yes") found.push(...(await split(chain, half, rules, search)));
    if (answer === "open") unsettled.push(half);
  }
  if (found.length > 0) return found;
  return await ended(unsettled.length > 0 ? "unsettled" : "spread");
}

/** Runs until the question is settled or the most pairs are made. */
export async function asks(chain: Chain, interval: Interval, rules: SearchRules): Promise<"yes" | "no" | "open"> {
  for (let pairs = rules.firstPairs; ; pairs = Math.min(2 * pairs, rules.mostPairs)) {
    const answer = holdsChange(await changeIn(chain, interval, { ...rules, firstPairs: pairs }), rules.least, rules.alpha);
    if (answer !== "open" || pairs >= rules.mostPairs) return answer;
  }
}

async function changeIn(chain: Chain, { from, to }: Interval, { firstPairs }: SearchRules): Promise<PairedEstimate> {
  const [before, after] = [await chain.read(from, firstPairs), await chain.read(to, firstPairs)];
  if (before === undefined || after === undefined) throw new Error("an end of the interval cannot be measured");
  return differenceOf(after, before);
}

/** The measurable place nearest to the middle. */
async function measurableNear(chain: Chain, { from, to }: Interval, { firstPairs }: SearchRules): Promise<number | undefined> {
  const middle = Math.floor((from + to) / 2);
  const inside = Array.from({ length: to - from - 1 }, (_, index) => from + 1 + index);
  const nearest = inside.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
  for (const place of nearest) if ((await chain.read(place, firstPairs)) !== undefined) return place;
  return undefined;
}
