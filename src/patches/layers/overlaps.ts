/** Owns the places of layers in the root's tree: each file belongs to one layer, unless the file says how. */
import type { LayersFile } from "../../model/layers-file.js";

export interface LayersProblem {
  /** Of the value in the file. */
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

/** Names that are there twice, layers at the same path, and one inside another that does not say so. */
export function overlaps({ root, layers }: LayersFile): LayersProblem[] {
  const problems: LayersProblem[] = [];
  for (const [at, layer] of layers.entries()) {
    const before = layers.slice(0, at);
    const where = (key: string) => ["layers", at, key];
    if (layer.name === root.name || before.some(({ name }) => name === layer.name))
      problems.push({ path: where("name"), text: `there is a layer '${layer.name}' already` });
    const same = before.find(({ path }) => path === layer.path);
    if (same !== undefined) problems.push({ path: where("path"), text: `${layer.name} and ${same.name} are both at ${layer.path}` });
    const outer = outerOf(layers, layer);
    if (outer?.name === layer.inside) continue;
    const text =
      outer === undefined
        ? `${layer.name} does not lie inside of ${layer.inside ?? ""}: ${layer.path}`
        : `${layer.name} at ${layer.path} lies inside of ${outer.name} at ${outer.path}; say inside: ${outer.name} if its repository is checked out there`;
    problems.push({ path: where(layer.inside === undefined ? "path" : "inside"), text });
  }
  return problems;
}

/** The nearest layer around one. */
function outerOf(layers: LayersFile["layers"], { path }: { readonly path: string }): LayersFile["layers"][number] | undefined {
  return layers.filter((other) => path.startsWith(`${other.path}/`)).toSorted((a, b) => b.path.length - a.path.length)[0];
}
