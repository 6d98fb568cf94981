/** Owns the audit on the page: clashes before and after, findings, symbols per flavor, shared names. */
import type { AuditResult, Finding } from "../../model/audit.js";
import type { RunReport } from "../../model/report.js";
import { count, plural } from "../figures.js";
import { commonScopes, SEVERITY_ORDER, groupSizes, someOfEach } from "../order.js";
import { SEVERITY_MARKS } from "../vocabulary.js";
import { filters, item } from "./filters.js";
import { chip, dataTable, section } from "./parts.js";
import { html, type Html } from "./template.js";

/** Rows of findings on the page; the rest stands in report.json, and the page says so. */
const MOST_FINDINGS = 500;

/** Namespaces and the like by which findings can be chosen. */
const MOST_SCOPES = 10;

export function auditPart({ audit }: RunReport): Html | null {
  if (audit === null) return null;
  const lead = "Names that both flavors define outside the declared shared list: the linker would merge them without a word.";
  return section("audit", "Audit", lead, html`${clashes(audit)}${auditFindings(audit)}${auditSymbols(audit)}${auditShared(audit)}`);
}

function clashes(audit: AuditResult): Html {
  const clean = audit.clashes === 0;
  return html`<p class="before-after">
    <span><b>${count(audit.clashesBefore)}</b> before isolation</span><span class="arrow" aria-hidden="true">→</span
    ><span class="${clean ? "good" : "bad"}"><b>${clean ? "✔" : "✖"} ${count(audit.clashes)}</b> after</span>
  </p>`;
}

export function auditFindings(audit: AuditResult, heading: Html | null = html`<h3>Findings</h3>`): Html | null {
  if (audit.findings.length === 0) return null;
  const shown = someOfEach(audit.findings, MOST_FINDINGS);
  const rest = audit.findings.length - shown.length;
  return html`${heading} ${filterOf(audit)}
    <div class="scroll" tabindex="0" role="region" aria-label="Findings">
      <table class="findings">
        <caption class="sr">
          Findings
        </caption>
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col">Symbol</th>
            <th scope="col">Defined in</th>
          </tr>
        </thead>
        <tbody>
          ${shown.map(findingRow)}
        </tbody>
      </table>
    </div>
    ${rest > 0 ? html`<p class="lead">${plural(rest, "more finding")}: all are in report.json.</p>` : null}`;
}

function filterOf(audit: AuditResult): Html {
  const severities = groupSizes(SEVERITY_ORDER, audit.findings, (finding) => finding.severity).map(({ key, size }) => ({
    value: key,
    label: `${SEVERITY_MARKS[key].glyph} ${SEVERITY_MARKS[key].word}`,
    size,
  }));
  const kinds = [...new Set(audit.findings.map((finding) => finding.category))].toSorted();
  const categories = groupSizes(kinds, audit.findings, (finding) => finding.category).map(({ key, size }) => ({
    value: key,
    label: key,
    size,
  }));
  const scopes = commonScopes(audit.findings, MOST_SCOPES).map(({ key, size }) => ({ value: key, label: key, size }));
  return filters({
    list: "findings",
    label: "Findings",
    choices: [
      { name: "severity", label: "Severity", values: severities },
      ...(categories.length < 2 ? [] : [{ name: "category", label: "Category", values: categories }]),
      ...(scopes.length < 2 ? [] : [{ name: "scope", label: "Scope", values: scopes }]),
    ],
    search: "symbol",
    total: audit.findings.length,
  });
}

function findingRow(finding: Finding): Html {
  const text = `${finding.symbol} ${finding.demangled} ${finding.why} ${finding.flavors.map(({ member, file }) => member ?? file).join(" ")}`;
  return html`<tr ${item("findings", { severity: finding.severity, category: finding.category, scope: finding.scope ?? "" }, text)}>
    <td>${chip(SEVERITY_MARKS[finding.severity])}<span class="why">${finding.category}</span></td>
    <th scope="row">
      <code>${finding.demangled}</code><span class="why">${finding.why}</span><span class="why"><b>Fix:</b> ${finding.fix}</span>
    </th>
    <td>
      ${finding.flavors.map(({ flavor, member, file }) => html`<span class="place"><b>${flavor}</b> <code>${member ?? file}</code></span>`)}
    </td>
  </tr> `;
}

export function auditSymbols(audit: AuditResult): Html | null {
  if (audit.flavors.length === 0) return null;
  const classes = ["strong", "weak", "unique", "common", "local", "undefined"] as const;
  const heads = [{ text: "Flavor" }, ...["Objects", "Names defined", ...classes].map((text) => ({ text, right: true }))];
  const rows = audit.flavors.map((flavor) => [
    flavor.name,
    ...[flavor.objects, flavor.definedNames, ...classes.map((key) => flavor.symbols[key])].map(count),
  ]);
  return dataTable("Symbols per flavor", heads, rows);
}

export function auditShared(audit: AuditResult): Html | null {
  if (audit.shared.length === 0) return null;
  const heads = [
    { text: "Shared by declaration" },
    { text: "Names", right: true },
    { text: "Bodies differ", right: true },
    { text: "Reason" },
  ];
  const rows = audit.shared.map((share) => [
    html`<code>${share.pattern}</code>`,
    count(share.names),
    share.differentBodies === 0 ? "0" : html`<b class="warn">▲ ${count(share.differentBodies)}</b>`,
    share.reason,
  ]);
  return dataTable("Shared names", heads, rows);
}
