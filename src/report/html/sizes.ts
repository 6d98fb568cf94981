/** Owns the sizes on the page: bars with their numbers, and other ways to build. */
import type { RunReport } from "../../model/report.js";
import { byteDelta, bytes } from "../figures.js";
import { SIZE_EXPLANATIONS, SIZE_MEASURES, SIZE_TITLES, modeTitle, sizeRows, type SizeMeasure, type SizeRow } from "../sizes.js";
import { bar, dataTable, section } from "./parts.js";
import { html, type Html } from "./template.js";

export function sizesPart(report: RunReport): Html | null {
  if (report.sizes.length === 0) return null;
  const rows = sizeRows(report);
  const groups = SIZE_MEASURES.map((measure) => group(measure, rows));
  const lead = html`The program with one release, and with both. <span class="key"><i class="swatch legacy"></i>legacy</span>
    <span class="key"><i class="swatch latest"></i>latest</span>
    <span class="key"><i class="swatch added"></i>added by the second release</span>`;
  return section(
    "sizes",
    "Sizes",
    lead,
    html`<div class="sizes">${groups}</div>
      ${variants(report)}`,
  );
}

/** One measure's bars share one scale. */
function group(measure: SizeMeasure, rows: readonly SizeRow[]): Html {
  const most = Math.max(...rows.map((row) => row.size[measure]));
  return html`<table class="chart">
    <caption>
      <b>${SIZE_TITLES[measure]}</b>
      <span class="muted">${SIZE_EXPLANATIONS[measure]}</span>
    </caption>
    <thead class="sr">
      <tr>
        <th scope="col">Program</th>
        <th scope="col">Bar</th>
        <th scope="col">Size</th>
        <th scope="col">Over legacy only</th>
      </tr>
    </thead>
    <tbody>
      ${rows.map((row) => chartRow(measure, row, most))}
    </tbody>
  </table>`;
}

function chartRow(measure: SizeMeasure, { size, over }: SizeRow, most: number): Html {
  const value = size[measure];
  const delta = over === null ? null : byteDelta(over[measure], value);
  return html`<tr>
    <th scope="row">${modeTitle(size.mode)}</th>
    <td class="bars">${bar(parts(measure, { size, over }), most)}</td>
    <td class="right">${bytes(value)}</td>
    <td class="right delta">${delta === null ? null : html`${delta.absolute} <span class="muted">${delta.relative}</span>`}</td>
  </tr> `;
}

function parts(measure: SizeMeasure, { size, over }: SizeRow) {
  const value = size[measure];
  if (size.mode !== "dual" || over === null) return [{ size: value, tone: size.mode === "latest" ? "latest" : "legacy" }];
  const first = Math.min(over[measure], value);
  return [
    { size: first, tone: "legacy" },
    { size: value - first, tone: "added" },
  ];
}

function variants(report: RunReport): Html | null {
  if (report.sizeVariants.length === 0) return null;
  const heads = [{ text: "Way" }, { text: "Program" }, { text: "Raw", right: true }, { text: "Gzip", right: true }, { text: "How known" }];
  const rows = report.sizeVariants.map((variant) => [
    variant.name,
    modeTitle(variant.mode),
    bytes(variant.raw),
    bytes(variant.gzip),
    variant.how,
  ]);
  return dataTable("Other ways to build", heads, rows);
}
