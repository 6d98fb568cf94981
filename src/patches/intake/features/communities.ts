/**
 * Owns communities in a weighted graph: two are joined as long as they hold more between them than chance would have it
 * (greedy modularity; Clauset, Newman and Moore 2004). One node that many know does not join all that know it.
 */

export interface Edge {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
}

/** Pairs of communities to be joined, in order; `groupOf` gives each node's community at the start. */
export function communityJoins(edges: readonly Edge[], groupOf: (node: number) => number): [number, number][] {
  const between = neighbours(edges, groupOf);
  const total = [...between.values()].reduce((sum, some) => sum + total1(some), 0);
  const share = new Map([...between].map(([group, some]) => [group, total1(some) / total]));
  const joins: [number, number][] = [];
  for (let best = bestPair(between, share, total); best !== undefined; best = bestPair(between, share, total)) {
    joins.push(best);
    merge(between, share, best);
  }
  return joins;
}

type Neighbours = Map<number, Map<number, number>>;

/** Weights between groups; those inside a group stand under its own number, twice, as each edge has two ends. */
function neighbours(edges: readonly Edge[], groupOf: (node: number) => number): Neighbours {
  const between: Neighbours = new Map();
  function add(from: number, to: number, weight: number): void {
    const some = between.get(from) ?? new Map<number, number>();
    between.set(from, some.set(to, (some.get(to) ?? 0) + weight));
  }
  for (const { a, b, weight } of edges) {
    add(groupOf(a), groupOf(b), weight);
    add(groupOf(b), groupOf(a), weight);
  }
  return between;
}

function total1(some: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const weight of some.values()) sum += weight;
  return sum;
}

/** Gains this small are rounding. */
const LEAST_GAIN = 1e-12;

/** The pair that gains most; among equals the one of lower numbers. */
function bestPair(between: Neighbours, share: ReadonlyMap<number, number>, total: number): [number, number] | undefined {
  let best: { pair: [number, number]; gain: number } | undefined;
  for (const [a, some] of between) {
    for (const [b, weight] of some) {
      if (b <= a) continue;
      const gain = weight / total - (share.get(a) ?? 0) * (share.get(b) ?? 0);
      if (gain > LEAST_GAIN && (best === undefined || gain > best.gain + LEAST_GAIN)) best = { pair: [a, b], gain };
    }
  }
  return best?.pair;
}

function merge(between: Neighbours, share: Map<number, number>, [into, from]: [number, number]): void {
  const [target, source] = [between.get(into) ?? new Map<number, number>(), between.get(from) ?? new Map<number, number>()];
  for (const [other, weight] of source) {
    const to = other === from ? into : other;
    target.set(to, (target.get(to) ?? 0) + weight);
    const back = between.get(other);
    if (back === undefined || other === from) continue;
    back.delete(from);
    if (other !== into) back.set(into, (back.get(into) ?? 0) + weight);
  }
  target.set(into, (target.get(into) ?? 0) + (target.get(from) ?? 0));
  target.delete(from);
  between.delete(from);
  share.set(into, (share.get(into) ?? 0) + (share.get(from) ?? 0));
  share.delete(from);
}
