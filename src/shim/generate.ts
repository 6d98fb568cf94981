/** Owns what `unfork shim generate` writes: all files of a shim, by their paths below its folder. */
import { filledTypes } from "./emit/filled-types.js";
import { headerText } from "./emit/header.js";
import { unitText } from "./emit/unit.js";
import { instanceSpeller } from "./plan/instances/spell-instances.js";
import type { ShimPlan } from "./plan/model.js";

export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
  /** Written where there is none yet: it belongs to whoever fills it. */
  readonly once?: true;
}

export function shimFiles(plan: ShimPlan): GeneratedFile[] {
  const { namespace, flavors } = plan;
  const { types, adapters } = filledTypes(plan);
  const files = [
    { path: `include/${namespace}/${namespace}.h`, text: headerText(plan) },
    { path: `include/${namespace}/adapters.h`, text: adapters },
    ...([0, 1] as const).map((side) => ({ path: `src/${namespace}_${flavors[side].name}.cc`, text: unitText(plan, side, types) })),
  ];
  const spell = instanceSpeller(plan);
  return files.map(({ path, text }) => ({ path, text: spell(text) }));
}
