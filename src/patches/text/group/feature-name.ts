/** Owns names of proposed features: kebab-case, and none that reads as a release's own. */
import { readsAsRelease } from "../../feature-file.js";

/** The text's letters and digits in lower case with dashes between them. */
export function featureName(text: string): string {
  const name = (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-");
  if (name === "") return "feature";
  return readsAsRelease(name) || /^\d/.test(name) ? `feature-${name}` : name;
}
