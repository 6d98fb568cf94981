/** Owns what a problem is for the formats that machines read, whatever found it. */
import type { FindingCategory, Severity } from "../model/audit.js";
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

export type RuleId = FindingCategory | "feature-conflict" | "use-case-worse" | "use-case-crashed" | "stage-failed";

/** Worst severity first, then by rule and subject. */
export function sortedProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => byText(sortKey(a), sortKey(b)));
}

function sortKey(problem: Problem): string {
  const severity = { error: 0, warning: 1, note: 2 }[problem.severity];
  return `${severity} ${problem.rule} ${problem.subject} ${problem.id}`;
}
