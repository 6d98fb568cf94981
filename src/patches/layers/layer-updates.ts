/** Owns which refs of a layer a port moves: those of the ports, the base, and the branches of what is ported. */
import type { RefUpdate } from "../../git/refs.js";
import { baseRef } from "../base-releases.js";
import { type BranchMove, branchUpdates } from "./own-branches.js";
import type { LayerPort, PortedStackOn } from "./port-layer.js";

/** Told where our branch stands: while a stack waits, an earlier port's stays there. */
export function withBranch({ open, releases, known }: LayerPort, done: PortedStackOn): PortedStackOn {
  const { on, stack } = done;
  const ref = on.branchOn(releases.to);
  const ours = known?.stacks.find(({ name }) => name === stack.name)?.branch ?? null;
  const stays = ref !== null && ours !== null && open.refs.get(ref) === ours ? ours : null;
  const branch = stack.fate === "waiting" ? stays : stack.fate === "ported" && ref !== null ? stack.commit : null;
  return { ...done, stack: { ...stack, branch } };
}

/** Branches of what upstream has by now go, where they are still as a port left them. */
export async function layerUpdates(request: LayerPort, done: readonly PortedStackOn[]): Promise<RefUpdate[]> {
  const { open, releases, pins, known } = request;
  const before = new Map((known?.stacks ?? []).map((stack) => [stack.name, stack.branch]));
  const moves = done.flatMap(({ on, stack }): BranchMove[] => {
    const ref = on.branchOn(releases.to);
    if (ref === null || stack.fate === "waiting") return [];
    const ours = before.get(stack.name);
    return stack.fate === "ported" ? [{ ref, next: stack.commit, ours }] : leaving(request, ref, ours);
  });
  const hasFeatures = done.some(({ on }) => on.kind === "feature");
  const base = hasFeatures ? [{ ref: baseRef(releases.to), next: pins.to.commit, ours: known?.pins.to }] : [];
  const ports = done.flatMap(({ moved }) => (moved === null ? [] : [moved]));
  return [...ports, ...(await branchUpdates(open, [...base, ...moves]))];
}

function leaving({ open }: LayerPort, ref: string, ours: string | null | undefined): BranchMove[] {
  return ours === undefined || ours === null || open.refs.get(ref) !== ours ? [] : [{ ref, next: null, ours }];
}

/** Features of an earlier port whose branches stand on the new release, and that the old one has no longer. */
export function leftOver({ open, releases, known }: LayerPort, done: readonly PortedStackOn[]): string[] {
  const gone = (known?.stacks ?? []).filter(({ name, kind }) => kind === "feature" && !done.some(({ stack }) => stack.name === name));
  return gone.map(({ name }) => name).filter((name) => open.refs.has(`refs/heads/${name}/${releases.to}`));
}
