/** Owns what the plan says of single files, and of the guards and macros of headers. */
import type { IsolationPlan } from "../../model/isolation.js";
import type { Decision } from "../engine/part-model.js";
import type { PartSurvey } from "../engine/name-model.js";
import { isFixedName } from "./system-names.js";

/** Names in small letters replace functions and words of the language; some capital ones are read by the system's headers. */
function isOwnMacro(name: string): boolean {
  return !isFixedName(name) && !name.startsWith("_") && !/^(NOMINMAX|WIN32_LEAN_AND_MEAN|UNICODE|STRICT|[a-z]+)$/.test(name);
}

/** Guards and macros of headers, as far as the plan renames them; macros that the toolchain or the system may read stay. */
export function headerNames({ guards, macros }: IsolationPlan, surveys: readonly PartSurvey[]): string[] {
  return [
    ...(guards === "rename" ? surveys.flatMap((survey) => survey.guards) : []),
    ...(macros === "rename" ? surveys.flatMap((survey) => survey.headerMacros).filter(isOwnMacro) : []),
  ];
}

/** What the writing of single files must know of the policy, or undefined when it has no such rules. */
export function policyRulesOf(plan: IsolationPlan, flavor: string, limited: readonly string[]): Decision["rules"] {
  const [rename, keep] = [plan.rename.filter(isLimited), plan.keep.filter(isLimited)];
  const { settle, strings, patch } = plan;
  if ([rename, keep, limited, settle, strings, patch].every((list) => list.length === 0)) return undefined;
  return { flavor, rename, keep, limited, settle, strings, patch, split: [] };
}

function isLimited({ files }: IsolationPlan["rename"][number]): boolean {
  return files.length > 0;
}
