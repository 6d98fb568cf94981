/** Owns sets that are joined step by step (union-find); the lower number stands for a set, so that the result does not depend on the order. */

export interface DisjointSets {
  readonly find: (one: number) => number;
  readonly join: (a: number, b: number) => void;
  /** Members of the set that `one` lies in. */
  readonly sizeOf: (one: number) => number;
  /** All sets, each sorted, by their lowest member. */
  readonly sets: () => number[][];
}

export function disjointSets(count: number): DisjointSets {
  const parents = Array.from({ length: count }, (_, at) => at);
  const sizes = parents.map(() => 1);
  function find(one: number): number {
    let root = one;
    while ((parents[root] ?? root) !== root) root = parents[root] ?? root;
    for (let at = one; at !== root;) [at, parents[at]] = [parents[at] ?? root, root];
    return root;
  }
  function join(a: number, b: number): void {
    const [low, high] = [find(a), find(b)].toSorted((x, y) => x - y);
    if (low === undefined || high === undefined || low === high) return;
    parents[high] = low;
    sizes[low] = (sizes[low] ?? 1) + (sizes[high] ?? 1);
  }
  function sets(): number[][] {
    const byRoot = new Map<number, number[]>();
    for (const [at] of parents.entries()) byRoot.set(find(at), [...(byRoot.get(find(at)) ?? []), at]);
    return [...byRoot.values()];
  }
  return { find, join, sizeOf: (one) => sizes[find(one)] ?? 1, sets };
}
