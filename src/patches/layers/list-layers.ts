/** Owns `patch list --layers`: each layer's pins and features, and what was ported last. */
import type { LayersList } from "../../model/patch-layers.js";
import { UnforkError } from "../../support/errors.js";
import { knownFeatures } from "../cards/list-features.js";
import { orderedReleases } from "../cards/releases.js";
import { basesOf } from "../import/import-base.js";
import { listStack } from "../stack/stack-patch.js";
import { stacksOn } from "./layer-stacks.js";
import { readLayersState } from "./layers-state.js";
import { type OpenLayer, type OpenLayers, withLayers } from "./open-layers.js";
import { type Pin, layerPin, rootPin } from "./pins.js";

export interface LayersListRequest {
  /** The layers file. */
  readonly layers: string;
  /** Only this release. */
  readonly release?: string;
  readonly staleDays: number;
}

type ListedLayer = LayersList["layers"][number];

export async function listLayers({ layers: file, release, staleDays }: LayersListRequest): Promise<LayersList> {
  return await withLayers(file, false, async (open) => {
    const roots = await rootPins(open, release);
    const releases = [...roots.keys()];
    const layers: ListedLayer[] = [];
    for (const layer of [open.root, ...open.pinned]) layers.push(await listOne(open, layer, roots, staleDays));
    const ports = await Promise.all(releases.map((one) => readLayersState(open.root.state, one)));
    return { releases, layers, ports: ports.filter((port) => port !== undefined) };
  });
}

/** By release, oldest first. */
async function rootPins({ root }: OpenLayers, only: string | undefined): Promise<Map<string, Pin>> {
  const known = [...new Set([...Object.keys(root.layer.releases), ...basesOf(root.refs)])];
  const named = only === undefined ? known : [only];
  const pins = new Map(await Promise.all(named.map(async (release) => [release, await rootPin(root, release)] as const)));
  const order = await orderedReleases(root.session.pool, new Map([...pins].map(([release, { commit }]) => [release, commit])));
  return new Map(order.flatMap((release) => [...pins].filter(([one]) => one === release)));
}

async function listOne(open: OpenLayers, layer: OpenLayer, roots: ReadonlyMap<string, Pin>, staleDays: number): Promise<ListedLayer> {
  const pins = new Map<string, Pin>();
  const missing: ListedLayer["missing"] = [];
  const series: ListedLayer["series"] = [];
  for (const [release, root] of roots) {
    const pin = await pinOrWhy(open, layer, root, release);
    if (typeof pin === "string") {
      missing.push({ release, why: pin });
      continue;
    }
    pins.set(release, pin);
    if (layer.layer.series !== undefined) series.push(...(await seriesOn(layer, pin, release)));
  }
  const bases = new Map([...pins].map(([release, { commit }]) => [release, commit]));
  const isSeries = layer.layer.series !== undefined;
  const known = isSeries ? [] : (await knownFeatures(layer.session, { repo: "", staleDays, bases })).features;
  const features = known.map(({ line }) => line).filter(({ releases }) => releases.some((one) => roots.has(one.release)));
  const { name, folder } = layer.layer;
  const path = layer.layer.kind === "root" ? "." : layer.layer.path;
  const shown = [...pins].map(([release, { commit, by }]) => ({ release, commit, by }));
  return { name, repo: folder, path, pins: shown, missing, features, series };
}

async function pinOrWhy(open: OpenLayers, { layer, session, refs, state }: OpenLayer, root: Pin, release: string): Promise<Pin | string> {
  if (layer.kind === "root") return root;
  try {
    return await layerPin(open, { layer, session, refs, state }, root, release);
  } catch (error) {
    if (error instanceof UnforkError) return error.message.replace(`${layer.place}: layer ${layer.name}: `, "");
    throw error;
  }
}

/** None where the series has no such tip. */
async function seriesOn(layer: OpenLayer, pin: Pin, release: string): Promise<ListedLayer["series"]> {
  try {
    const stacks = await stacksOn(layer, pin, release);
    const lists = stacks.map(async ({ start, tip }) => ({
      release,
      commit: tip,
      patches: (await listStack(layer.session.pool, { base: start, tip })).length,
    }));
    return await Promise.all(lists);
  } catch (error) {
    if (error instanceof UnforkError) return [];
    throw error;
  }
}
