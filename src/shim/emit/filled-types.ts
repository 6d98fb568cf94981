/** Owns the names of a flavor's types once all templates and units have asked for theirs. */
import type { ShimPlan } from "../plan/model.js";
import { adaptersText } from "./adapters.js";
import { type LibraryTypes, libraryTypes } from "./library-types.js";
import { unitText } from "./unit.js";

/** Templates ask for the names of a flavor's types; the units list them, so a unit's text is complete when all have asked. */
export function filledTypes(plan: ShimPlan): { readonly types: LibraryTypes; readonly adapters: string } {
  const types = libraryTypes(plan);
  const adapters = adaptersText(plan, types);
  for (const side of [0, 1] as const) unitText(plan, side, types);
  return { types, adapters };
}
