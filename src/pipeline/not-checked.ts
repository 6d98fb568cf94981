/** Owns the honest list of what a run did not check. */
import type { UnforkConfig } from "../model/config.js";
import type { StageId, StageOutputs } from "./outputs.js";

type Done = { readonly [K in StageId]?: StageOutputs[K] };

/** Sentences for the report; stages that did not run come first. */
export function notChecked(done: Done, { shim }: Pick<UnforkConfig, "shim">): string[] {
  const missing = (["features", "isolate", "build", "audit", "shim", "link", "use-cases"] as const)
    .filter((stage) => done[stage] === undefined && (stage !== "shim" || shim !== undefined))
    .map((stage) => `the stage ${stage} did not run`);
  return [...missing, ...undecided(done), ...ALWAYS];
}

function undecided(done: Done): string[] {
  const tokens = [...(done.isolate?.legacy.undecided ?? []), ...(done.isolate?.latest.undecided ?? [])];
  return tokens.length === 0 ? [] : [`${tokens.length} tokens that isolation could not decide were left as they are`];
}

const ALWAYS: readonly string[] = [
  "that isolation left the machine code of every translation unit unchanged",
  "typeinfo strings, registries keyed by strings, and process-wide state (signal handlers, environment, locale) that both flavors would share",
  "platforms and compilers other than the one this run was built with",
  "speed on other machines and days: pairs of runs on this one are judged",
];
