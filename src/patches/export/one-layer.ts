/** Owns the export of one layer of a feature: its files alone, with paths from the layer's own root. */
import { UnforkError } from "../../support/errors.js";
import { type TreeLayer, layerOf, pathInLayer } from "../layers/layers-of.js";
import type { ExportInput, ExportPatch } from "../text/export-formats/export-input.js";
import { type FileDiff, pathOf } from "../text/file-diff.js";

export interface LayerChoice {
  /** The layer to be exported. */
  readonly name: string;
  /** All layers of the tree. */
  readonly layers: readonly TreeLayer[];
}

/** Patches that change nothing there are left out. Throws `usage` where nothing is left, or there is no such layer. */
export function inOneLayer(input: ExportInput, { name, layers }: LayerChoice): ExportInput {
  const layer = layers.find((one) => one.name === name);
  const known = layers.map((one) => one.name).join(", ");
  if (layer === undefined)
    throw new UnforkError("usage", `there is no layer ${name}`, {
      hint: known === "" ? "list them: layers in the configuration" : `layers: ${known}`,
    });
  const own = (diffs: readonly FileDiff[]) =>
    diffs.filter((diff) => layerOf(pathOf(diff), layers) === layer).map((diff) => fromRoot(diff, layer));
  const patches = input.patches.map((patch): ExportPatch => Object.assign({}, patch, { diffs: own(patch.diffs) }));
  const left = patches.filter(({ diffs }) => diffs.length > 0);
  if (left.length === 0)
    throw new UnforkError("usage", `feature ${input.card.name} changes nothing in layer ${name}`, {
      hint: "unfork patch list shows which layers it touches",
    });
  return { ...input, patches: left, ...(input.squashed === undefined ? {} : { squashed: own(input.squashed) }) };
}

function fromRoot(diff: FileDiff, layer: TreeLayer): FileDiff {
  const inside = (path: string | null) => (path === null ? null : pathInLayer(path, layer));
  return { ...diff, oldPath: inside(diff.oldPath), newPath: inside(diff.newPath) };
}
