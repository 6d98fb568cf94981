/** Owns a stand-alone audit as one HTML file. */
import type { AuditResult } from "../../model/audit.js";
import { auditFindings, auditShared, auditSymbols } from "../html/audit.js";
import { pageFrame } from "../html/frame.js";
import { chip, section } from "../html/parts.js";
import { type Html, html } from "../html/template.js";
import { SEVERITY_MARKS } from "../vocabulary.js";
import { countsLine } from "./headline.js";

export function auditPage(audit: AuditResult, tool: { readonly name: string; readonly version: string }): string {
  const names = audit.flavors.map(({ name }) => name).join(" and ");
  return pageFrame({
    tool,
    title: `Audit of ${names}`,
    header: header(audit, names),
    nav: [
      { id: "findings", title: "Findings" },
      { id: "symbols", title: "Symbols" },
      ...(notChecked(audit) === null ? [] : [{ id: "not-checked", title: "Not checked" }]),
    ],
    main: html`${section("findings", "Findings", countsLine(audit), auditFindings(audit, null))}
    ${section("symbols", "Symbols", "Every entry of the symbol tables is in one class.", html`${auditSymbols(audit)}${auditShared(audit)}`)}
    ${notChecked(audit)}`,
  });
}

function header(audit: AuditResult, names: string): Html {
  const worst = (["error", "warning"] as const).find((severity) => audit.findings.some((finding) => finding.severity === severity));
  const mark = worst === undefined ? ({ glyph: "✔", word: "nothing shared by accident", tone: "good" } as const) : SEVERITY_MARKS[worst];
  return html`<header>
    <div class="top">
      <span class="brand">unfork</span><span class="kind">audit</span><button type="button" class="theme" data-theme-button>Theme</button>
    </div>
    <h1><span>${names}</span> ${chip(mark)}</h1>
    <p class="headline">${countsLine(audit)}</p>
  </header>`;
}

function notChecked({ notChecked: list = [] }: AuditResult): Html | null {
  if (list.length === 0) return null;
  return section(
    "not-checked",
    "Not checked",
    null,
    html`<ul>
      ${list.map((what) => html`<li>${what}</li>`)}
    </ul>`,
  );
}
