/** Owns the line of a surface that asks for an instance of a template. */
import type { ApiTemplateParameter } from "../../../model/api-snapshot.js";

/** `instances: ["lab::Box<T>"]`, with types or values in the place of the parameters that have no default. */
export function instanceHint(name: string, parameters: readonly ApiTemplateParameter[]): string {
  const list = parameters.filter((one) => one.default === null).map((one, i) => one.name || `argument_${i + 1}`);
  return `instances: ["${name}<${list.join(", ")}>"] with arguments for ${list.join(", ") || "none"}`;
}
