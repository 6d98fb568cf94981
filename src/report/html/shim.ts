/** Owns the shim on the page: a bar of what is generated, by hand and left, and each item that is not generated with its reason. */
import type { RunReport } from "../../model/report.js";
import type { ShimCoverageReport } from "../../model/shim-coverage.js";
import { count, plural } from "../figures.js";
import { leftFirst, shimPlace, shimShare, shimSize, shimTotal } from "../shim-coverage.js";
import { SHIM_MARKS } from "../vocabulary.js";
import { bar, chip, dataTable, section } from "./parts.js";
import { html, type Html } from "./template.js";

/** Rows on the page; the rest stands in report.json, and the page says so. */
const MOST_ITEMS = 500;

export function shimPart({ shim }: RunReport): Html | null {
  if (shim === null) return null;
  const lead = `The version-neutral API that callers use: ${shimSize(shim)}.`;
  return section("shim", "Shim", lead, html`${figures(shim)}${leftTable(shim)}`);
}

function figures(shim: ShimCoverageReport): Html {
  const parts = [
    { size: shim.generated, tone: "good" },
    { size: shim.handWritten, tone: "info" },
    { size: shim.unsupported, tone: "warn" },
  ];
  return html`<p>
      ${chip(SHIM_MARKS.generated, `${count(shim.generated)} generated (${shimShare(shim)})`)}
      ${chip(SHIM_MARKS["hand-written"], `${count(shim.handWritten)} by hand`)}
      ${chip(SHIM_MARKS.unsupported, `${count(shim.unsupported)} unsupported`)}
    </p>
    ${bar(parts, shimTotal(shim))}`;
}

function leftTable(shim: ShimCoverageReport): Html | null {
  const items = leftFirst(shim);
  if (items.length === 0) return null;
  const heads = [{ text: "Item" }, { text: "State" }, { text: "Kind" }, { text: "Why" }, { text: "Declared" }];
  const rows = items
    .slice(0, MOST_ITEMS)
    .map((item) => [
      html`<code>${item.name}</code>`,
      chip(SHIM_MARKS[item.status]),
      item.kind,
      item.reason,
      shimPlace(item) === "" ? "–" : html`<code>${shimPlace(item)}</code>`,
    ]);
  const rest = items.length - rows.length;
  return html`${dataTable("Not generated", heads, rows)}
  ${rest > 0 ? html`<p class="muted">and ${plural(rest, "more item")}: all are in report.json</p>` : null}`;
}
