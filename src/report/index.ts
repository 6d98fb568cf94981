/** Owns the table of reporters: one format, one file. */
import type { RunReport } from "../model/report.js";
import { githubReport } from "./github.js";
import { htmlReport } from "./html/page.js";
import { jsonReport } from "./json.js";
import { junitReport } from "./junit.js";
import { markdownReport } from "./markdown.js";
import type { ReportOptions, Reporter } from "./options.js";
import { sarifReport } from "./sarif.js";
import { textReport } from "./text/page.js";

export type ReportFormat = "text" | "json" | "markdown" | "html" | "sarif" | "junit" | "github";

export const REPORTERS: Readonly<Record<ReportFormat, Reporter>> = {
  text: textReport,
  json: jsonReport,
  markdown: markdownReport,
  html: htmlReport,
  sarif: sarifReport,
  junit: junitReport,
  github: githubReport,
};

export const REPORT_FORMATS: readonly ReportFormat[] = ["text", "json", "markdown", "html", "sarif", "junit", "github"];

/** The report in one format, ending with a line end. */
export function renderReport(format: ReportFormat, report: RunReport, options: ReportOptions): string {
  return REPORTERS[format](report, options);
}
