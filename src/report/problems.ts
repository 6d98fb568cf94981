/** Owns the list of what went wrong in a run, for the formats that machines read. */
import { CATEGORY_RULES, findingProblem } from "./audit/problem.js";
import { type Problem, type RuleId, sortedProblems } from "./problem.js";
import type { FeatureOutcome } from "../model/feature.js";
import type { RunReport } from "../model/report.js";
import type { UseCaseResult } from "../model/use-case.js";
import { printable } from "../support/style.js";
import { metricView } from "./metrics.js";

/** Every rule with the sentence that explains it. */
export const RULES: Readonly<Record<RuleId, string>> = {
  ...CATEGORY_RULES,
  "feature-conflict": "A downstream feature does not merge into the new release by itself.",
  "stage-failed": "A stage of the run failed.",
  "use-case-crashed": "A flavor ended abnormally on a use case.",
  "use-case-worse": "The latest flavor is worse on a use case by more than the margin.",
};

/** Conflicts, findings, use cases that are worse, failed stages: worst severity first, then by rule and subject. */
export function problemsOf(report: RunReport): Problem[] {
  const all = [
    ...report.features.filter((feature) => feature.status === "conflict").map(conflictProblem),
    ...(report.audit?.findings ?? []).map(findingProblem),
    ...report.useCases.filter((useCase) => useCase.verdict === "worse" || useCase.verdict === "crashed").map(useCaseProblem),
    ...report.measured.stages.filter((stage) => stage.status === "failed").map(stageProblem),
  ];
  return sortedProblems(all);
}

function conflictProblem(feature: FeatureOutcome): Problem {
  return {
    id: `feature-conflict/${feature.name}`,
    rule: "feature-conflict",
    severity: "error",
    subject: feature.name,
    message: `feature ${feature.name} (${feature.owner}) conflicts on ${feature.release}: ${feature.detail}`,
    places: feature.conflicts.map(({ workFile }) => ({ file: workFile, member: null })),
    mangled: null,
  };
}

function useCaseProblem(useCase: UseCaseResult): Problem {
  const crashed = useCase.verdict === "crashed";
  const worse = useCase.metrics
    .filter((metric) => metric.verdict === "worse")
    .map((metric) => metricView(metric, false))
    .map((metric) => `${metric.name} ${metric.legacy} → ${metric.latest} ${metric.unit} (${metric.change}, margin ${metric.margin})`);
  return {
    id: `use-case/${useCase.id}`,
    rule: crashed ? "use-case-crashed" : "use-case-worse",
    severity: "error",
    subject: useCase.id,
    message: printable(
      `use case "${useCase.name}" (${useCase.owner}) ${useCase.verdict}: ${[useCase.detail, ...worse].filter((part) => part !== "").join("; ")}`,
    ),
    places: [],
    mangled: null,
  };
}

function stageProblem(stage: RunReport["measured"]["stages"][number]): Problem {
  return {
    id: `stage-failed/${stage.id}`,
    rule: "stage-failed",
    severity: "error",
    subject: stage.id,
    message: printable(`stage ${stage.id} failed: ${stage.summary}`),
    places: [],
    mangled: null,
  };
}
