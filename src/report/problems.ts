/** Owns the list of what went wrong in a run, for the formats that machines read. */
import type { Finding, Severity } from "../model/audit.js";
import type { FeatureOutcome } from "../model/feature.js";
import type { RunReport } from "../model/report.js";
import type { UseCaseResult } from "../model/use-case.js";
import { printable } from "../support/style.js";
import { metricView } from "./metrics.js";
import { byText } from "../support/order.js";

/** One place of a problem: a file the user can open, and what in it. */
export interface ProblemPlace {
  readonly file: string;
  /** The object inside an archive. */
  readonly member: string | null;
}

export interface Problem {
  /** Stable between runs over the same inputs. */
  readonly id: string;
  readonly rule: RuleId;
  readonly severity: Severity;
  /** What it is about: a feature, a symbol, a use case. */
  readonly subject: string;
  /** One line: what, and what to do. */
  readonly message: string;
  readonly places: readonly ProblemPlace[];
  /** For symbols: the mangled name. */
  readonly mangled: string | null;
}

export type RuleId = Finding["category"] | "feature-conflict" | "use-case-worse" | "use-case-crashed" | "stage-failed";

/** Every rule with the sentence that explains it. */
export const RULES: Readonly<Record<RuleId, string>> = {
  "common-clash": "Both flavors define a common (tentative) variable of this name; the linker merges them.",
  "feature-conflict": "A downstream feature does not merge into the new release by itself.",
  "mixed-clash": "One flavor defines this name strongly, the other weakly; the strong one silently wins.",
  "stage-failed": "A stage of the run failed.",
  "strong-clash": "Both flavors define this name strongly; the linker refuses or drops one.",
  unflavored: "A defined name that isolation should have given the flavor's suffix has none.",
  "unique-clash": "Both flavors define this unique (one per process) name; they share its state.",
  "use-case-crashed": "A flavor ended abnormally on a use case.",
  "use-case-worse": "The latest flavor is worse on a use case by more than the margin.",
  "weak-clash": "Both flavors define this name weakly with different bodies; the linker keeps the first.",
  "weak-same": "Both flavors define this name weakly with the same body.",
};

/** Conflicts, findings, use cases that are worse, failed stages: worst severity first, then by rule and subject. */
export function problemsOf(report: RunReport): Problem[] {
  const all = [
    ...report.features.filter((feature) => feature.status === "conflict").map(conflictProblem),
    ...(report.audit?.findings ?? []).map(findingProblem),
    ...report.useCases.filter((useCase) => useCase.verdict === "worse" || useCase.verdict === "crashed").map(useCaseProblem),
    ...report.measured.stages.filter((stage) => stage.status === "failed").map(stageProblem),
  ];
  return all.toSorted((a, b) => byText(sortKey(a), sortKey(b)));
}

function sortKey(problem: Problem): string {
  const severity = { error: 0, warning: 1, note: 2 }[problem.severity];
  return `${severity} ${problem.rule} ${problem.subject} ${problem.id}`;
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

function findingProblem(finding: Finding): Problem {
  const flavors = finding.flavors.map(({ flavor, member, file }) => `${flavor} in ${member ?? file}`).join(", ");
  return {
    id: finding.id,
    rule: finding.category,
    severity: finding.severity,
    subject: finding.demangled,
    message: printable(`${finding.demangled}: ${finding.why} (${flavors}). Fix: ${finding.fix}`),
    places: finding.flavors.map(({ file, member }) => ({ file, member })),
    mangled: finding.symbol,
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
