/** Owns the line of a surface that asks for an instance of a template. */
import type { ApiTemplateParameter } from "../../../model/api-snapshot.js";

/** `instances: ["lab::Box<T>"]`, with types or values in the place of the parameters that have no default, or of the first. */
export function instanceHint(name: string, parameters: readonly ApiTemplateParameter[]): string {
  const needed = parameters.filter((one) => one.default === null);
  const list = (needed.length > 0 ? needed : parameters.slice(0, 1)).map((one, i) => one.name || `argument_${i + 1}`);
  return `instances: ["${name}<${list.join(", ")}>"] with arguments for ${list.join(", ")}`;
}
