/** Owns the joining of planned features whose patches need one another. */
import { relationsOf } from "../text/group.js";
import type { JoinedFeature, PlannedFeature } from "./plan-features.js";
import type { SourcePatch } from "./source-patches.js";

/** Which two, and why. */
export interface Join {
  readonly names: readonly [string, string];
  readonly because: string;
}

export interface JoinedPlan {
  readonly planned: readonly PlannedFeature[];
  /** What became of a name. */
  readonly nowCalled: (name: string) => string;
}

/** The feature with the most patches gives the name; among equals the first. */
export function joinFeatures(order: readonly SourcePatch[], planned: readonly PlannedFeature[], joins: readonly Join[]): JoinedPlan {
  const names = new Map<string, string>();
  const nowCalled = (name: string): string => (names.has(name) ? nowCalled(names.get(name) ?? name) : name);
  let all = planned;
  for (const { names: pair, because } of joins) {
    const [one, other] = pair.map((name) => all.find((plan) => plan.name === nowCalled(name)));
    if (one === undefined || other === undefined || one === other) continue;
    const [kept, gone] = other.patches.length > one.patches.length ? [other, one] : [one, other];
    names.set(gone.name, kept.name);
    const both = joinTwo(order, kept, gone, because);
    all = all.flatMap((plan) => (plan === kept ? [both] : plan === gone ? [] : [plan]));
  }
  const relations = relationsOf(
    all.map(({ name, patches }) => ({ name, patches: patches.map(({ text }) => text) })),
    order.map(({ text }) => text),
  );
  return { planned: all.map((plan) => Object.assign({}, plan, relations.get(plan.name))), nowCalled };
}

function joinTwo(order: readonly SourcePatch[], kept: PlannedFeature, gone: PlannedFeature, because: string): PlannedFeature {
  const own: JoinedFeature = { name: gone.name, because };
  return {
    ...kept,
    purpose: [...new Set([kept.purpose, gone.purpose])].filter(Boolean).join(" "),
    patches: order.filter((patch) => kept.patches.includes(patch) || gone.patches.includes(patch)),
    joined: [...kept.joined, own, ...gone.joined],
  };
}
