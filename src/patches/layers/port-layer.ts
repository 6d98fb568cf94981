/** Owns the port of one layer: each of its stacks onto the new pin, what others build on first; nothing is moved yet. */
import type { RefUpdate } from "../../git/refs.js";
import type { LayerStack, LayerState, PortedLayer, StackFate } from "../../model/patch-layers.js";
import { PATCH_STATUSES, type PatchStatus } from "../../model/patch-status.js";
import { nobody } from "../alone/port-alone.js";
import { type RunResult, isOpen, runPort, summaryOf } from "../alone/run-port.js";
import { refNow, refOf } from "../alone/session.js";
import type { PortState } from "../state/patch-state.js";
import type { Turn } from "../../support/at-most.js";
import { joinedStart } from "./joined-start.js";
import { type LayerStackOn, stacksOn } from "./layer-stacks.js";
import { layerUpdates, leftOver, withBranch } from "./layer-updates.js";
import type { OpenLayer } from "./open-layers.js";
import type { Pin } from "./pins.js";
import { upstreamBetween } from "./upstream-between.js";

export interface LayerPort {
  readonly open: OpenLayer;
  readonly releases: { readonly from: string; readonly to: string };
  readonly pins: { readonly from: Pin; readonly to: Pin };
  /** What an earlier port of these layers to the release left. */
  readonly known: LayerState | undefined;
  readonly upstreamed: boolean;
  /** Keeps ports that go on side by side to so many at a time. */
  readonly turn: Turn;
}

export interface LayerResult {
  readonly ported: PortedLayer;
  /** What is to be moved; the port's own state is set, and not yet written. */
  readonly updates: readonly RefUpdate[];
}

export async function portLayer(request: LayerPort): Promise<LayerResult> {
  const { open, releases, pins } = request;
  const stacks = await stacksOn(open, pins.from, releases.from);
  const running = new Map<string, Promise<PortedStackOn>>();
  // Those that do not build on each other are ported side by side.
  for (const stack of stacks) running.set(stack.name, portOne(request, stack, running));
  const done = (await Promise.all(running.values())).map((one) => withBranch(request, one));
  const { name, folder } = open.layer;
  const path = open.layer.kind === "root" ? "." : open.layer.path;
  const upstream = await upstreamBetween(open.session, pins.from.commit, pins.to.commit);
  const ported = {
    name,
    repo: folder,
    path,
    from: { commit: pins.from.commit, by: pins.from.by },
    to: { commit: pins.to.commit, by: pins.to.by },
    upstream,
    stacks: done.map(({ stack }) => stack),
    left: leftOver(request, done),
  };
  return { ported, updates: await layerUpdates(request, done) };
}

export interface PortedStackOn {
  readonly on: LayerStackOn;
  readonly stack: LayerStack;
  /** What one that builds on it comes onto; null where it waits. */
  readonly below: string | null;
  readonly moved: RefUpdate | null;
}

async function portOne(request: LayerPort, on: LayerStackOn, running: ReadonlyMap<string, Promise<PortedStackOn>>): Promise<PortedStackOn> {
  const { open, releases, pins } = request;
  const needed = await Promise.all(on.dependsOn.map((name) => running.get(name)));
  const below = needed.flatMap((one) =>
    one === undefined || one.below === null ? [] : [{ name: one.on.name, owner: one.on.owner, commit: one.below }],
  );
  const nearest = below.filter(({ name }) => !needed.some((other) => other?.on.dependsOn.includes(name) === true));
  const onto = below.length < needed.length ? null : await joinedStart(open, pins.to, releases.to, nearest);
  const port = on.kind === "series" ? releases.to : `${on.name}-${releases.to}`;
  const plain = {
    branch: null,
    name: on.name,
    owner: on.owner,
    kind: on.kind,
    dependsOn: [...on.dependsOn],
    base: on.start,
    tip: on.tip,
    onto,
    port,
  };
  if (onto === null)
    return { on, stack: { ...plain, fate: "waiting", commit: null, ref: null, summary: NOTHING, patches: [] }, below: null, moved: null };
  const { result, moved } = await request.turn(() => runKept(request, { ...plain, onto }));
  const waiting = result.patches.some(isOpen);
  const gone = result.patches.length > 0 && result.tip === onto;
  const fate = waiting ? "waiting" : gone ? goneFate(result) : "ported";
  const branch = fate === "ported" ? on.branchOn(releases.to) : null;
  const stack = {
    ...plain,
    fate,
    commit: result.tip,
    ref: branch ?? refOf(port),
    summary: summaryOf(result.patches),
    patches: [...result.patches],
  };
  return { on, stack, below: waiting ? null : result.tip, moved };
}

function goneFate({ patches }: RunResult): StackFate {
  return patches.some(({ status }) => status === "upstreamed") ? "upstreamed" : "dropped";
}

const NOTHING = Object.fromEntries(PATCH_STATUSES.map((status) => [status, 0])) as Record<PatchStatus, number>;

/** Runs a port with what a person decided about the very same one before. */
async function runKept(
  { open, upstreamed }: LayerPort,
  { base, tip, onto, port: name }: { base: string; tip: string; onto: string; port: string },
) {
  const { session, state } = open;
  const [was, known] = await Promise.all([refNow(session, name), state.port(name)]);
  const same = known?.base === base && known.tip === tip && known.onto === onto;
  const asked: PortState = {
    base,
    tip,
    onto,
    before: known !== undefined && (same || known.waiting) ? known.before : was,
    skipped: same ? known.skipped : [],
    upstreamed: upstreamed ? { head: null } : null,
    waiting: false,
  };
  // What it comes onto may be new itself.
  session.pool.show();
  const result: RunResult = await runPort({ session, state, port: asked, answer: nobody });
  await state.setPort(name, { ...asked, waiting: result.patches.some(isOpen) });
  return { result, moved: { ref: refOf(name), old: was, next: result.tip } };
}
