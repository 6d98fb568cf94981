/** Owns the audit part of the terminal report: clashes, symbols per flavor, shared names, findings. */
import type { AuditResult, Finding } from "../../model/audit.js";
import { printable } from "../../support/style.js";
import { count, plural } from "../figures.js";
import { bySeverity } from "../order.js";
import { SEVERITY_MARKS } from "../vocabulary.js";
import { marked, paragraph, sectionTable, type Page, type Section } from "./section.js";

const MOST_FINDINGS = 10;

export const auditSection: Section = {
  title: () => "Audit",
  lines: (report, page) => {
    const { audit } = report;
    if (audit === null) return [];
    return [clashLine(audit, page), ...findings(audit, page), ...apart(flavors(audit, page)), ...apart(shared(audit, page))];
  },
};

function apart(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", ...lines];
}

function clashLine(audit: AuditResult, page: Page): string {
  const clean = audit.clashes === 0;
  const after = page.paint(clean ? "good" : "bad", `${clean ? "✔" : "✖"} ${count(audit.clashes)} after`);
  return `  clashes: ${count(audit.clashesBefore)} before isolation → ${after}`;
}

const FLAVOR_COLUMNS = ["flavor", "objects", "names", "strong", "weak", "unique", "common", "local", "undefined"].map((head, index) => ({
  head,
  align: index === 0 ? ("left" as const) : ("right" as const),
}));

function flavors(audit: AuditResult, page: Page): string[] {
  const rows = audit.flavors.map(({ name, objects, definedNames, symbols }) => [
    printable(name),
    ...[objects, definedNames, symbols.strong, symbols.weak, symbols.unique, symbols.common, symbols.local, symbols.undefined].map(count),
  ]);
  return rows.length === 0 ? [] : sectionTable(page, FLAVOR_COLUMNS, rows);
}

const SHARED_COLUMNS = [
  { head: "shared by declaration", narrow: "cut", least: 12 },
  { head: "names", align: "right" },
  { head: "bodies differ", align: "right" },
  { head: "reason", narrow: "wrap", least: 14 },
] as const;

function shared(audit: AuditResult, page: Page): string[] {
  if (audit.shared.length === 0) return [];
  const rows = audit.shared.map((share) => [
    printable(share.pattern),
    count(share.names),
    share.differentBodies === 0 ? "0" : page.paint("warn", `▲ ${count(share.differentBodies)}`),
    printable(share.reason),
  ]);
  return sectionTable(page, SHARED_COLUMNS, rows);
}

function findings(audit: AuditResult, page: Page): string[] {
  const worst = bySeverity(audit.findings);
  const shown = worst.slice(0, MOST_FINDINGS).flatMap((finding) => findingLines(finding, page));
  const rest = worst.length - MOST_FINDINGS;
  return rest > 0 ? [...shown, ...paragraph(page, `and ${plural(rest, "more finding")}: all are in report.json and report.html`)] : shown;
}

function findingLines(finding: Finding, page: Page): string[] {
  const what = `${finding.demangled}: ${finding.why}`;
  const head = `  ${marked(page, SEVERITY_MARKS[finding.severity])} ${page.paint("muted", finding.category)}`;
  return [head, ...paragraph(page, what, "", 4), ...paragraph(page, finding.fix, page.paint("muted", "fix: "), 4)];
}
