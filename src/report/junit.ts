/** Owns the report as JUnit XML (the testsuites/testsuite/testcase form that CI systems read). */
import type { RunReport } from "../model/report.js";
import type { Problem } from "./problem.js";
import { problemsOf } from "./problems.js";
import { element, textElement } from "./xml.js";

interface Case {
  readonly suite: string;
  readonly name: string;
  readonly seconds?: number;
  /** A message fails the case. */
  readonly failure?: Problem;
  /** Why it did not run. */
  readonly skipped?: string;
}

const SUITES = ["stages", "features", "audit", "use-cases"] as const;

export function junitReport(report: RunReport): string {
  const cases = casesOf(report);
  const suites = SUITES.map((suite) =>
    suiteOf(
      suite,
      cases.filter((entry) => entry.suite === suite),
      report,
    ),
  ).filter((text) => text !== "");
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: report.headline, ...totals(cases) }, suites)}\n`;
}

function casesOf(report: RunReport): Case[] {
  const problems = problemsOf(report);
  return [
    ...stageCases(report, problems),
    ...featureCases(report, problems),
    ...auditCases(report, problems),
    ...useCaseCases(report, problems),
  ];
}

function stageCases(report: RunReport, problems: readonly Problem[]): Case[] {
  return report.measured.stages.map((stage) => ({
    suite: "stages",
    name: stage.id,
    seconds: stage.durationMs / 1000,
    ...failed(problems, `stage-failed/${stage.id}`),
    ...(stage.status === "skipped" || stage.status === "waiting" ? { skipped: stage.summary } : {}),
  }));
}

function featureCases(report: RunReport, problems: readonly Problem[]): Case[] {
  return report.features.map(({ name }) => ({ suite: "features", name, ...failed(problems, `feature-conflict/${name}`) }));
}

/** One passing case for the whole, or one failing case per finding of severity error. */
function auditCases(report: RunReport, problems: readonly Problem[]): Case[] {
  if (report.audit === null) return [];
  const ids = new Set(report.audit.findings.filter((finding) => finding.severity === "error").map((finding) => finding.id));
  const clashes = problems.filter((problem) => ids.has(problem.id));
  if (clashes.length === 0) return [{ suite: "audit", name: "no name is defined by both flavors outside the shared list" }];
  return clashes.map((problem) => ({ suite: "audit", name: `${problem.rule} ${problem.subject}`, failure: problem }));
}

function useCaseCases(report: RunReport, problems: readonly Problem[]): Case[] {
  return report.useCases.map(({ id }) => ({ suite: "use-cases", name: id, ...failed(problems, `use-case/${id}`) }));
}

function failed(problems: readonly Problem[], id: string): { readonly failure?: Problem } {
  const failure = problems.find((problem) => problem.id === id);
  return failure === undefined ? {} : { failure };
}

/** Cases of one suite as a whole document. */
export function junitDocument(
  name: string,
  suite: string,
  cases: readonly { readonly name: string; readonly failure?: Problem }[],
): string {
  const own = cases.map((entry) => ({ ...entry, suite }));
  const text = element(
    "testsuite",
    { name: suite, ...totals(own) },
    own.map((entry) => caseOf(entry, name)),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name, ...totals(own) }, [text])}\n`;
}

function totals(cases: readonly Case[]) {
  return {
    tests: cases.length,
    failures: cases.filter((entry) => entry.failure !== undefined).length,
    errors: 0,
    skipped: cases.filter((entry) => entry.skipped !== undefined).length,
  };
}

function suiteOf(name: string, cases: readonly Case[], report: RunReport): string {
  if (cases.length === 0) return "";
  return element(
    "testsuite",
    { name: `${report.library} ${name}`, ...totals(cases) },
    cases.map((entry) => caseOf(entry, report.library)),
  );
}

function caseOf(entry: Case, library: string): string {
  const attributes = { classname: `${library}.${entry.suite}`, name: entry.name, time: entry.seconds?.toFixed(3) };
  const failure =
    entry.failure === undefined
      ? []
      : [textElement("failure", { type: entry.failure.rule, message: entry.failure.message }, entry.failure.message)];
  const skipped = entry.skipped === undefined ? [] : [element("skipped", { message: entry.skipped })];
  return element("testcase", attributes, [...failure, ...skipped]);
}
