/** Owns the layers of a project's tree that its features touch. */
import type { FeatureOutcome } from "../model/feature.js";
import { layersOf } from "../patches/layers/layers-of.js";
import type { Project } from "./project.js";

/** As they are, where the configuration lists no layers. */
export function withLayers({ config }: Pick<Project, "config">, features: readonly FeatureOutcome[]): FeatureOutcome[] {
  if (config.layers.length === 0) return [...features];
  return features.map((feature) => Object.assign({}, feature, { layers: layersOf(feature.files, config.layers) }));
}
