/** Owns the order of features: what one builds on comes before it, else by name. */
import { UnforkError } from "../support/errors.js";
import { nearest } from "../support/nearest.js";

export interface Ordered {
  readonly name: string;
  readonly dependsOn: readonly string[];
}

/** Dependencies first, then by name. Throws `config-invalid` for a cycle, named whole, and for an unknown name. */
export function dependencyOrder<T extends Ordered>(features: readonly T[]): T[] {
  const known = new Map(features.map((feature) => [feature.name, feature]));
  const order: T[] = [];
  for (const feature of features.toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(feature, [], known, order);
  return order;
}

function visit<T extends Ordered>(feature: T, path: readonly string[], known: ReadonlyMap<string, T>, order: T[]): void {
  if (order.includes(feature)) return;
  if (path.includes(feature.name)) throw cycle([...path.slice(path.indexOf(feature.name)), feature.name]);
  for (const name of feature.dependsOn.toSorted()) visit(dependency(feature, name, known), [...path, feature.name], known, order);
  order.push(feature);
}

function dependency<T extends Ordered>(feature: T, name: string, known: ReadonlyMap<string, T>): T {
  const found = known.get(name);
  if (found !== undefined) return found;
  const near = nearest(name, [...known.keys()]);
  throw new UnforkError("config-invalid", `feature ${feature.name} depends on '${name}', which is not there`, {
    hint: near === undefined ? "add that feature, or take it out of dependsOn" : `did you mean '${near}'?`,
    context: { feature: feature.name },
  });
}

function cycle(names: readonly string[]): UnforkError {
  return new UnforkError("config-invalid", `features depend on each other in a circle: ${names.join(" → ")}`, {
    hint: "take one of them out of the other's dependsOn",
  });
}
