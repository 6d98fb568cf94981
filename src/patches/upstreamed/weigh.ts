/** Owns what the order of the stack takes from a sign: what a patch before it did may turn upstream's change round again. */
import type { StackPatch } from "../stack/stack-patch.js";
import type { Signal } from "./signal.js";
import type { UpstreamCommit } from "./upstream-log.js";

type Signals = ReadonlyMap<StackPatch, readonly Signal[]>;

/**
 * Makes strong signs medium where the order may matter: one upstream commit stands surely for one patch only. A second like it
 * may put in again what the stack took back in between.
 */
export function weighed(patches: readonly StackPatch[], signals: Signals): Map<StackPatch, readonly Signal[]> {
  const claimed = new Set<UpstreamCommit>();
  const result = new Map<StackPatch, readonly Signal[]>();
  for (const patch of patches) {
    const own = signals.get(patch) ?? [];
    if (own.length === 0) continue;
    result.set(
      patch,
      own.map((signal) => (claimed.has(signal.commit) ? weakened(signal) : signal)),
    );
    for (const { commit } of own) claimed.add(commit);
  }
  return result;
}

function weakened(signal: Signal): Signal {
  return signal.confidence === "strong" ? { ...signal, confidence: "medium" } : signal;
}
