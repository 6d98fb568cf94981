/** Owns what a person has to look at after the use cases: only what does not depend on the machine's day. */
import type { JointResult, UseCaseResult } from "../../model/use-case.js";
import type { Need } from "../outputs.js";

/** Use cases that are worse or crashed, and joint runs that differ from single ones, each with the command that shows it. */
export function useCaseNeeds(output: { readonly results: readonly UseCaseResult[]; readonly joint: readonly JointResult[] }): Need[] {
  const blocked = output.results.filter((result) => result.verdict === "worse" || result.verdict === "crashed");
  const disturbed = output.joint.filter(isDisturbed);
  return [...disturbed.map(jointNeed), ...blocked.map(verdictNeed)];
}

/** The flavors disturb each other in one process; a refused output says nothing of that. */
export function isDisturbed({ status }: JointResult): boolean {
  return status === "differs" || status === "crashed";
}

function verdictNeed(result: UseCaseResult): Need {
  const worse = result.metrics.filter((metric) => metric.verdict === "worse").map((metric) => metric.name);
  if (result.verdict === "crashed")
    return { what: `use case ${result.id} (${result.owner}) crashed: ${result.detail}`, command: result.commands.at(-1) ?? "" };
  return {
    what: `use case ${result.id} (${result.owner}) is worse on the latest flavor: ${worse.join(", ")}`,
    command: `unfork usecase compare ${result.id}`,
  };
}

function jointNeed(result: JointResult): Need {
  return {
    what: `use case ${result.id}: with both flavors in one process the output is not what each writes alone (${result.status}: ${result.detail})`,
    command: "unfork upgrade --only use-cases",
  };
}
