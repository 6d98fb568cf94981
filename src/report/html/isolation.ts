/** Owns isolation on the page: figures per flavor, namespaces, global names, what was left undecided. */
import type { RunReport } from "../../model/report.js";
import { bytes, count, plural } from "../figures.js";
import { dataTable, section } from "./parts.js";
import { html, type Html } from "./template.js";

type Isolation = RunReport["isolation"][number];

export function isolationPart({ isolation }: RunReport): Html | null {
  if (isolation.length === 0) return null;
  const lead = "Each release's namespaces and global names got its flavor's suffix, so that both link into one program.";
  return section(
    "isolation",
    "Isolation",
    lead,
    html`${figures(isolation)}${namespaces(isolation)}${isolation.map(names)}${undecided(isolation)}`,
  );
}

function figures(isolation: readonly Isolation[]): Html {
  const heads = [
    { text: "Flavor" },
    { text: "Release" },
    { text: "Files changed", right: true },
    { text: "Tokens changed", right: true },
    { text: "Namespaces", right: true },
    { text: "Global names", right: true },
    { text: "Undecided", right: true },
    { text: "Tree", right: true },
  ];
  const rows = isolation.map((result) => [
    result.flavor,
    result.release,
    `${count(result.changedFiles)} of ${count(result.files)}`,
    count(result.edits),
    count(result.namespaces.length),
    count(result.names.length),
    result.undecided.length === 0 ? "0" : html`<b class="warn">▲ ${count(result.undecided.length)}</b>`,
    bytes(result.bytes),
  ]);
  return dataTable("What was renamed", heads, rows);
}

function namespaces(isolation: readonly Isolation[]): Html | null {
  const rows = isolation.flatMap((result) =>
    result.namespaces.map(({ from, to, edits }) => [html`<code>${from}</code>`, html`<code>${to}</code>`, result.flavor, count(edits)]),
  );
  if (rows.length === 0) return null;
  const heads = [{ text: "Namespace" }, { text: "Becomes" }, { text: "Flavor" }, { text: "Tokens", right: true }];
  return dataTable("Namespaces renamed", heads, rows);
}

function names(result: Isolation): Html | null {
  if (result.names.length === 0) return null;
  return html`<details class="more">
    <summary>${plural(result.names.length, "global name")} of ${result.flavor} renamed</summary>
    <ul class="names">
      ${result.names.map(({ from, to, edits }) => html`<li><code>${from}</code>${to === `${from}_${result.flavor}` ? null : html` → <code>${to}</code>`} <span class="muted">${count(edits)}×</span></li>`)}
    </ul>
  </details>`;
}

function undecided(isolation: readonly Isolation[]): Html | null {
  const rows = isolation.flatMap((result) =>
    result.undecided.map((token) => [
      html`<code>${token.token}</code>`,
      html`<code>${token.file}:${token.line}</code>`,
      result.flavor,
      token.why,
    ]),
  );
  if (rows.length === 0) return null;
  const heads = [{ text: "Token" }, { text: "Place" }, { text: "Flavor" }, { text: "Why it was left" }];
  return html`<details class="more">
    <summary>${plural(rows.length, "token")} left undecided</summary>
    ${dataTable("Undecided tokens", heads, rows)}
  </details>`;
}
