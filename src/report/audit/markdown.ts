/** Owns a stand-alone audit as Markdown for a pull-request comment. */
import type { AuditResult } from "../../model/audit.js";
import { count } from "../figures.js";
import { codeCell, details, md, mdTable } from "../markdown/escape.js";
import { auditFindings, auditShared } from "../markdown/audit.js";
import { auditHeadline } from "./headline.js";

export function auditMarkdown(audit: AuditResult): string {
  const failed = audit.findings.some(({ severity }) => severity === "error");
  const list = (audit.notChecked ?? []).map((what) => `- ${md(what)}`).join("\n");
  const parts = [
    `### ${failed ? "✖" : "✔"} Audit: ${md(auditHeadline(audit))}`,
    categories(audit),
    auditFindings(audit),
    auditShared(audit),
    list === "" ? "" : details("Not checked", list),
  ];
  return `${parts.filter((text) => text !== "").join("\n\n")}\n`;
}

function categories({ summary }: AuditResult): string {
  const rows = Object.entries(summary).map(([category, size]) => [codeCell(category), count(size)]);
  return rows.length === 0 ? "" : mdTable(["category", "findings"], ["left", "right"], rows);
}
