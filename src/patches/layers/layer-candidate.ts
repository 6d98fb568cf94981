/** Owns the candidate of one layer: its features on the release merged onto its pin, or its ported series; nothing is moved yet. */
import { treeOf } from "../../git/commit.js";
import type { LayerClash, LayerState } from "../../model/patch-layers.js";
import { type FeatureBranch, mergeFeatures } from "../candidate/merge-features.js";
import { type LayerStackOn, portedSeries, stacksOn } from "./layer-stacks.js";
import type { OpenLayer } from "./open-layers.js";
import type { Pin } from "./pins.js";

export interface MergedLayer {
  readonly open: OpenLayer;
  readonly pin: Pin;
  readonly commit: string;
  readonly tree: string;
  readonly features: readonly (Omit<FeatureBranch, "owner"> & { readonly owner: string | null })[];
  readonly clashes: readonly LayerClash[];
}

export interface LayerCandidateRequest {
  readonly open: OpenLayer;
  readonly pin: Pin;
  readonly release: string;
  /** What the last port of these layers to the release left of this one. */
  readonly known: LayerState | undefined;
}

export async function mergeLayer(request: LayerCandidateRequest): Promise<MergedLayer> {
  const { layer } = request.open;
  return layer.series === undefined ? await mergeBranches(request) : await takeSeries(request, layer.series);
}

async function mergeBranches({ open, pin, release, known }: LayerCandidateRequest): Promise<MergedLayer> {
  const { pool } = open.session;
  const stacks = await stacksOn(open, pin, release);
  const features = await Promise.all(stacks.map((stack) => asBranch(open, stack)));
  const merged = await mergeFeatures({ pool, release, base: { commit: pin.commit, tree: pin.tree }, features });
  const clashes = merged.clashes.map(({ feature, others, files }) => ({
    layer: open.layer.name,
    features: [feature, ...others].map(({ name, owner }) => ({ name, owner })),
    files: [...files],
    what: others.length === 0 ? "conflicts with the features before it" : "change the same places",
  }));
  const missing = (known?.stacks ?? []).filter(({ name, fate }) => isMissing(fate, stacks, name));
  return {
    open,
    pin,
    commit: merged.commit,
    tree: merged.tree,
    features,
    clashes: [...clashes, ...missing.map(({ name, owner, fate }) => notThere(open, { name, owner }, fate))],
  };
}

function isMissing(fate: string, stacks: readonly LayerStackOn[], name: string): boolean {
  return fate === "waiting" || (fate === "ported" && !stacks.some((stack) => stack.name === name));
}

async function takeSeries({ open, pin, release, known }: LayerCandidateRequest, series: string): Promise<MergedLayer> {
  const { name, owner = null } = open.layer;
  const tip = await portedSeries(open, series, pin, release);
  const waits = known?.stacks.some(({ fate }) => fate === "waiting") === true;
  const clashes = tip === undefined || waits ? [notThere(open, { name, owner }, waits ? "waiting" : "absent")] : [];
  const commit = tip ?? pin.commit;
  const tree = await treeOf(open.session.pool, commit);
  const features = commit === pin.commit ? [] : [{ name, owner, commit, tree, startTree: pin.tree }];
  return { open, pin, commit, tree, features, clashes };
}

async function asBranch({ session }: OpenLayer, { name, owner, tip, start }: LayerStackOn): Promise<FeatureBranch> {
  const [tree, startTree] = await Promise.all([treeOf(session.pool, tip), treeOf(session.pool, start)]);
  return { name, owner: owner ?? "", commit: tip, tree, startTree };
}

function notThere({ layer }: OpenLayer, feature: LayerClash["features"][number], fate: string): LayerClash {
  const what =
    fate === "waiting" ? "waits for somebody: port the layers again when its conflicts are settled" : "is not ported to this release";
  return { layer: layer.name, features: [feature], files: [], what };
}
