/** Owns which layer of a tree a file belongs to: the one whose folder lies nearest around it. */

/** A part of a release's tree that comes from a repository of its own. */
export interface TreeLayer {
  readonly name: string;
  /** Its folder in the tree; `.` for all that no other has. */
  readonly path: string;
}

/** Undefined for a file outside of all. */
export function layerOf<T extends TreeLayer>(path: string, layers: readonly T[]): T | undefined {
  const around = layers.filter((layer) => layer.path === "." || path.startsWith(`${layer.path}/`));
  return around.toSorted((a, b) => depthOf(b) - depthOf(a))[0];
}

/** Names of the layers that files lie in, in the order of the layers. */
export function layersOf(paths: readonly string[], layers: readonly TreeLayer[]): string[] {
  const found = new Set(paths.map((path) => layerOf(path, layers)?.name));
  return layers.map(({ name }) => name).filter((name) => found.has(name));
}

/** A path of the tree as the layer's own repository has it. */
export function pathInLayer(path: string, layer: TreeLayer): string {
  return layer.path === "." ? path : path.slice(layer.path.length + 1);
}

function depthOf({ path }: TreeLayer): number {
  return path === "." ? 0 : path.split("/").length;
}
