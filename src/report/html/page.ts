/** Owns the report as one HTML file: no request leaves it, it works without scripts, all foreign text is escaped. */
import type { RunReport } from "../../model/report.js";
import { sha256 } from "../../support/hash.js";
import { auditPart } from "./audit.js";
import { cards } from "./cards.js";
import { commandsPart, notCheckedPart, provenancePart } from "./closing.js";
import { featuresPart } from "./features.js";
import { header, needsYouPart } from "./header.js";
import { isolationPart } from "./isolation.js";
import { HEAD_SCRIPT, PAGE_SCRIPT } from "./script.js";
import { sizesPart } from "./sizes.js";
import { stagesPart } from "./stages.js";
import { STYLES } from "./styles.js";
import { html, markupOf, raw, type Html } from "./template.js";
import { useCasesPart } from "./use-cases.js";

interface Part {
  readonly id: string;
  readonly title: string;
  /** null when the run did not reach it. */
  readonly render: (report: RunReport) => Html | null;
}

const PARTS: readonly Part[] = [
  { id: "features", title: "Features", render: featuresPart },
  { id: "use-cases", title: "Use cases", render: useCasesPart },
  { id: "sizes", title: "Sizes", render: sizesPart },
  { id: "audit", title: "Audit", render: auditPart },
  { id: "isolation", title: "Isolation", render: isolationPart },
  { id: "stages", title: "Timeline", render: stagesPart },
  { id: "commands", title: "Commands", render: commandsPart },
  { id: "provenance", title: "Provenance", render: provenancePart },
  { id: "not-checked", title: "Not checked", render: notCheckedPart },
];

export function htmlReport(report: RunReport): string {
  const parts = PARTS.map(({ id, title, render }) => ({ id, title, body: render(report) })).filter((part) => part.body !== null);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy()}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="generator" content="${report.tool.name} ${report.tool.version}" />
        <title>${report.library} ${report.from} → ${report.to}: upgrade report</title>
        ${raw(`<style>${STYLES}</style>`)} ${raw(`<script>${HEAD_SCRIPT}</script>`)}
      </head>
      <body>
        <a class="skip" href="#main">To the report</a>
        ${header(report)}
        <nav aria-label="Sections">
          <ul>
            ${parts.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
          </ul>
        </nav>
        <main id="main">${needsYouPart(report)} ${cards(report)} ${parts.map((part) => part.body)}</main>
        <footer>${report.tool.name} ${report.tool.version} · one file, no request leaves this page</footer>
        ${raw(`<script>${PAGE_SCRIPT}</script>`)}
      </body>
    </html>`;
  return `${markupOf(page).trimEnd()}\n`;
}

/** Nothing from anywhere; of scripts and styles only the page's own, by hash (CSP Level 3, §2.3.1). */
function policy(): string {
  const scripts = [HEAD_SCRIPT, PAGE_SCRIPT].map(cspHash).join(" ");
  return `default-src 'none'; script-src ${scripts}; style-src ${cspHash(STYLES)}; base-uri 'none'; form-action 'none'`;
}

function cspHash(text: string): string {
  return `'sha256-${Buffer.from(sha256(text), "hex").toString("base64")}'`;
}
