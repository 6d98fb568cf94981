/** Owns isolation and audit in the Markdown report. */
import type { AuditResult } from "../../model/audit.js";
import type { RunReport } from "../../model/report.js";
import { count, plural } from "../figures.js";
import { bySeverity } from "../order.js";
import { SEVERITY_MARKS } from "../vocabulary.js";
import { codeCell, details, md, mdTable } from "./escape.js";

const MOST_FINDINGS = 20;

export function auditPart({ audit }: RunReport): string {
  if (audit === null) return "";
  const verdict = audit.clashes === 0 ? "✔" : "✖";
  return [
    `**Audit**: ${verdict} clashes ${count(audit.clashesBefore)} before isolation → ${count(audit.clashes)} after`,
    auditFindings(audit),
    auditShared(audit),
  ]
    .filter((text) => text !== "")
    .join("\n\n");
}

export function auditFindings(audit: AuditResult): string {
  if (audit.findings.length === 0) return "";
  const worst = bySeverity(audit.findings);
  const rows = worst.slice(0, MOST_FINDINGS).map((finding) => {
    const mark = SEVERITY_MARKS[finding.severity];
    return [`${mark.glyph} ${mark.word}`, codeCell(finding.demangled.slice(0, 200)), finding.category, md(finding.fix)];
  });
  const rest = worst.length > MOST_FINDINGS ? `\n\nand ${plural(worst.length - MOST_FINDINGS, "more finding")}: see report.html` : "";
  const table = mdTable(["severity", "symbol", "category", "fix"], ["left", "left", "left", "left"], rows);
  return details(plural(audit.findings.length, "finding"), table + rest);
}

export function auditShared(audit: AuditResult): string {
  if (audit.shared.length === 0) return "";
  const rows = audit.shared.map((share) => [codeCell(share.pattern), count(share.names), count(share.differentBodies), md(share.reason)]);
  const names = audit.shared.reduce((sum, share) => sum + share.names, 0);
  const table = mdTable(["pattern", "names", "bodies differ", "reason"], ["left", "right", "right", "left"], rows);
  return details(`${plural(names, "name")} shared by declaration`, table);
}

export function isolationPart({ isolation }: RunReport): string {
  if (isolation.length === 0) return "";
  const rows = isolation.map((result) => [
    md(result.flavor),
    md(result.release),
    `${count(result.changedFiles)} of ${count(result.files)}`,
    count(result.edits),
    result.namespaces.map(({ from, to }) => `${codeCell(from)} → ${codeCell(to)}`).join(", "),
    count(result.names.length),
    count(result.undecided.length),
  ]);
  const heads = ["flavor", "release", "files changed", "tokens", "namespaces", "global names", "undecided"];
  return details("Isolation", mdTable(heads, ["left", "left", "right", "right", "left", "right", "right"], rows));
}
