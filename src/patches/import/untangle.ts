/**
 * Owns the question what to do with features of which some patches have no place by themselves, since they need patches of others.
 * Where the other needs nothing of them they are put on it; where both need one another they are joined.
 */
import { type Building, type BuiltFeature, type Needs, buildFeatures } from "./build-features.js";
import { type Join, joinFeatures } from "./join-features.js";
import { type NeededFeature, neededBy } from "./needed-by.js";
import type { PlannedFeature } from "./plan-features.js";
import type { SourcePatch } from "./source-patches.js";

export interface Untangled {
  readonly planned: readonly PlannedFeature[];
  /** On whom a feature has to stand, beside those that files tell. */
  readonly needs: Needs;
  readonly built: readonly BuiltFeature[];
}

/** `order`: all patches as the collection has them. Features that somebody put together by hand are not joined. */
export async function untangle(building: Building, order: readonly SourcePatch[], proposed: readonly PlannedFeature[]): Promise<Untangled> {
  const givenUp = new Set<SourcePatch>();
  let [planned, needs]: [readonly PlannedFeature[], Needs] = [proposed, new Map()];
  for (;;) {
    const built = await buildFeatures(building, planned, needs);
    const stuck = built.flatMap(({ plan, placed }) => {
      const patch = placed.patches.find(({ source, status }) => status === "refused" && !givenUp.has(source))?.source;
      return patch === undefined ? [] : [{ plan, patch }];
    });
    if (stuck.length === 0) return { planned, needs, built };
    const edges = new Map([...needs].map(([name, on]) => [name, new Set(on)]));
    const joins: Join[] = [];
    for (const { plan, patch } of stuck) {
      const found = await neededBy({ placer: building.placing, onto: building.base.tree, order, planned }, plan, patch);
      const told = found.map((one) => settle(planned, edges, plan, patch, one));
      joins.push(...told.flatMap((one) => (one === "stands" || one === "stays" ? [] : [one])));
      if (!told.some((one) => one !== "stays")) givenUp.add(patch);
    }
    const { planned: next, nowCalled } = joinFeatures(order, planned, joins);
    planned = next;
    needs = withoutCircles(planned, renamed(edges, nowCalled));
  }
}

/** Puts the feature on the other, or gives the two to be joined; `stays`: neither can be done. */
function settle(
  planned: readonly PlannedFeature[],
  needs: Map<string, Set<string>>,
  plan: PlannedFeature,
  patch: SourcePatch,
  { feature, patch: other, path }: NeededFeature,
): Join | "stands" | "stays" {
  const own = needs.get(plan.name) ?? new Set();
  if (!own.has(feature.name) && !reaches(planned, needs, feature.name, plan.name)) {
    needs.set(plan.name, own.add(feature.name));
    return "stands";
  }
  if (plan.byHand || feature.byHand) return "stays";
  return {
    names: [plan.name, feature.name],
    because: `${patch.text.name} needs ${other.text.name} on ${path}, and so the other way round`,
  };
}

/** Whether `from` stands on `to`, over however many. */
function reaches(planned: readonly PlannedFeature[], needs: Needs, from: string, to: string): boolean {
  const seen = new Set([from]);
  for (const name of seen) {
    const plan = planned.find((one) => one.name === name);
    const byFiles = (plan?.dependsOn ?? []).filter((other) => plan?.entangledWith.includes(other) !== true);
    for (const next of [...byFiles, ...(needs.get(name) ?? [])]) seen.add(next);
  }
  return seen.has(to);
}

function renamed(needs: Needs, nowCalled: (name: string) => string): Map<string, Set<string>> {
  const all = new Map<string, Set<string>>();
  for (const [name, on] of needs) {
    const own = all.get(nowCalled(name)) ?? new Set();
    for (const other of on) if (nowCalled(other) !== nowCalled(name)) own.add(nowCalled(other));
    all.set(nowCalled(name), own);
  }
  return all;
}

/** Joining may close a circle: what is left of it is found again. */
function withoutCircles(planned: readonly PlannedFeature[], needs: Needs): Needs {
  const kept = new Map<string, Set<string>>();
  for (const [name, on] of needs) {
    for (const other of on) if (!reaches(planned, kept, other, name)) kept.set(name, (kept.get(name) ?? new Set()).add(other));
  }
  return kept;
}
