/** Owns `patch candidate --layers`: `r<release>` in every repository, and in the root the pins of them all. */
import type { LayerCandidate, LayersCandidate, LayersState } from "../../model/patch-layers.js";
import { UnforkError } from "../../support/errors.js";
import { candidateUpdates } from "../candidate/own-candidate.js";
import { carryPins } from "./carry-pins.js";
import { type MergedLayer, mergeLayer } from "./layer-candidate.js";
import { readLayersState } from "./layers-state.js";
import { moveRefs } from "./move-refs.js";
import { ofLayer } from "./of-layer.js";
import { type OpenLayer, withLayers } from "./open-layers.js";
import { type Pin, type Pins, pinsAt } from "./pins.js";

export interface LayersCandidateRequest {
  /** The layers file. */
  readonly layers: string;
  readonly to: string;
  readonly dryRun: boolean;
}

/** Merges what can be merged; refs move only when every feature of every layer is in. */
export async function candidateLayers({ layers: file, to: release, dryRun }: LayersCandidateRequest): Promise<LayersCandidate> {
  return await withLayers(file, !dryRun, async (open) => {
    const [pins, state] = await Promise.all([pinsAt(open, release), readLayersState(open.root.state, release)]);
    const mergeOne = async <T extends OpenLayer>(layer: T) => {
      const { name, place } = layer.layer;
      const pin = pinOf(pins, name);
      const known = knownOf(state, { name, place, pin });
      const merging = mergeLayer({ open: layer, pin, release, known });
      const merged = await merging.catch((error: unknown) => Promise.reject(ofLayer(layer.layer, layer.session, error)));
      return { ...merged, open: layer };
    };
    const merged = await mergeOne(open.root);
    const layers = await Promise.all(open.pinned.map(mergeOne));
    const root = await carryPins({ root: open.root, merged, layers, release });
    const clashes = [...merged.clashes, ...layers.flatMap((layer) => layer.clashes), ...root.clashes];
    const written = clashes.length === 0 && !dryRun;
    const ref = `refs/heads/r${release}`;
    if (written) {
      const all = [...layers, { ...merged, commit: root.commit }];
      const moves = await Promise.all(all.map((layer) => moveOf(layer.open, release, layer.commit)));
      await moveRefs(open.root.session.existing.repository.path, moves);
    }
    const shown = { ref: written ? ref : null };
    const candidates = [
      { ...describe(merged), ...shown, commit: root.commit, tree: root.tree, carriedBy: null },
      ...layers.map((layer) => Object.assign(describe(layer), shown, { carriedBy: root.carried.get(layer.open.layer.name) ?? null })),
    ];
    return { release, written, layers: candidates, clashes };
  });
}

async function moveOf({ layer, session, state }: OpenLayer, release: string, next: string) {
  const place = `${layer.place}: layer ${layer.name}: `;
  return { name: layer.name, session, updates: await candidateUpdates({ session, state, release, next, place, folder: layer.folder }) };
}

function pinOf(pins: Pins, name: string): Pin {
  const pin = pins.get(name);
  if (pin === undefined) throw new Error(`layer ${name} has no pin`);
  return pin;
}

interface Named {
  readonly name: string;
  readonly place: string;
  readonly pin: Pin;
}

/** Throws `input-invalid` where the layer was ported onto another commit than the one that is pinned now. */
function knownOf(state: LayersState | undefined, { name, place, pin }: Named) {
  const known = state?.layers.find((layer) => layer.name === name);
  if (known === undefined || known.pins.to === pin.commit) return known;
  throw new UnforkError(
    "input-invalid",
    `${place}: layer ${name} was ported onto ${known.pins.to.slice(0, 10)}, and ${pin.by} names ${pin.commit.slice(0, 10)} now`,
    { hint: `the pins have to agree: unfork patch port --layers … --from ${state?.from ?? ""} --to ${state?.to ?? ""}` },
  );
}

function describe({ open, pin, commit, tree, features }: MergedLayer): Omit<LayerCandidate, "ref" | "carriedBy"> {
  const { layer } = open;
  return {
    name: layer.name,
    repo: layer.folder,
    path: layer.kind === "root" ? "." : layer.path,
    pin: pin.commit,
    commit,
    tree,
    features: features.map(({ name, owner }) => ({ name, owner })),
  };
}
