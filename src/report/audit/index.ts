/** Owns the table of reporters of a stand-alone audit: the same formats as a run's. */
import type { AuditResult } from "../../model/audit.js";
import { githubAnnotations } from "../github.js";
import type { ReportFormat } from "../index.js";
import { junitDocument } from "../junit.js";
import { sortedProblems } from "../problem.js";
import { sarifLog } from "../sarif.js";
import { auditHeadline } from "./headline.js";
import { auditPage } from "./html.js";
import { auditMarkdown } from "./markdown.js";
import { findingProblem } from "./problem.js";
import { type AuditTextOptions, auditText } from "./text.js";

type Tool = { readonly name: "unfork"; readonly version: string };

/** The audit in one format, ending with a line end. */
export function renderAudit(format: ReportFormat, audit: AuditResult, tool: Tool, options: AuditTextOptions): string {
  return RENDERERS[format](audit, tool, options);
}

const RENDERERS: Readonly<Record<ReportFormat, (audit: AuditResult, tool: Tool, options: AuditTextOptions) => string>> = {
  text: (audit, _tool, options) => auditText(audit, options),
  json: (audit) => `${JSON.stringify(audit, null, 2)}\n`,
  markdown: (audit) => auditMarkdown(audit),
  html: (audit, tool) => auditPage(audit, tool),
  sarif: (audit, tool) => {
    const properties = { headline: auditHeadline(audit), notChecked: audit.notChecked ?? [] };
    return sarifLog({ tool, id: `${tool.name}/audit/${namesOf(audit)}`, properties, problems: problemsIn(audit) });
  },
  junit: (audit) => junitDocument(namesOf(audit), "audit", junitCases(audit)),
  github: (audit, tool) => githubAnnotations(problemsIn(audit), tool.name, auditHeadline(audit)),
};

function namesOf({ flavors }: AuditResult): string {
  return flavors.map(({ name }) => name).join("-");
}

function problemsIn({ findings }: AuditResult): ReturnType<typeof sortedProblems> {
  return sortedProblems(findings.map(findingProblem));
}

/** One passing case for the whole, or one failing case per finding of severity error. */
function junitCases(audit: AuditResult): Parameters<typeof junitDocument>[2] {
  const errors = problemsIn(audit).filter(({ severity }) => severity === "error");
  if (errors.length === 0) return [{ name: "the flavors share nothing but what is declared" }];
  return errors.map((problem) => ({ name: `${problem.rule} ${problem.subject}`, failure: problem }));
}
