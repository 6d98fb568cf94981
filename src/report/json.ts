/** Owns the report as one JSON document. */
import { runReportSchema, type RunReport } from "../model/report.js";

/** Keys in the schema's order whatever built the value, so that equal reports are equal bytes. */
export function jsonReport(report: RunReport): string {
  return `${JSON.stringify(runReportSchema.parse(report), null, 2)}\n`;
}
