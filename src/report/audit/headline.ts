/** Owns the audit in one line. */
import type { AuditResult, Severity } from "../../model/audit.js";
import { count, plural } from "../figures.js";

/** "legacy, latest: 12 errors, 3 warnings, 1,204 notes". */
export function auditHeadline(audit: AuditResult): string {
  const names = audit.flavors.map(({ name }) => name).join(", ");
  return `${names}: ${countsLine(audit)}`;
}

export function countsLine(audit: AuditResult): string {
  const [errors, warnings, notes] = (["error", "warning", "note"] as const).map((severity) => sizeOf(audit, severity)) as [
    number,
    number,
    number,
  ];
  const text = `${plural(errors, "error")}, ${plural(warnings, "warning")}, ${plural(notes, "note")}`;
  const { baseline } = audit;
  return baseline === undefined ? text : `${text} besides the ${count(baseline.known)} of the baseline`;
}

function sizeOf({ findings }: AuditResult, severity: Severity): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
