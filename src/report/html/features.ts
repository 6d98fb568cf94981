/** Owns the features on the page: one line each, with purpose, evidence and files behind it. */
import type { FeatureOutcome } from "../../model/feature.js";
import type { RunReport } from "../../model/report.js";
import { byFate, FEATURE_ORDER, groupSizes } from "../order.js";
import { FEATURE_MARKS, inLayers } from "../vocabulary.js";
import { filters, item } from "./filters.js";
import { chip, section } from "./parts.js";
import { html, type Html, type HtmlValue } from "./template.js";

/** Conflicts stand open while they are few. */
const MOST_OPEN = 3;

export function featuresPart({ features }: RunReport): Html | null {
  if (features.length === 0) return null;
  const few = features.filter((feature) => feature.status === "conflict").length <= MOST_OPEN;
  const lead = "What became of each downstream feature on the new release.";
  return section(
    "features",
    "Features",
    lead,
    html`${filterOf(features)}
      <div class="rows">${byFate(features).map((feature) => row(feature, few))}</div>`,
  );
}

function filterOf(features: readonly FeatureOutcome[]): Html {
  const values = groupSizes(FEATURE_ORDER, features, (feature) => feature.status).map(({ key, size }) => ({
    value: key,
    label: `${FEATURE_MARKS[key].glyph} ${FEATURE_MARKS[key].word}`,
    size,
  }));
  return filters({
    list: "features",
    label: "Features",
    choices: [{ name: "fate", label: "Fate", values }],
    search: "feature",
    total: features.length,
  });
}

function row(feature: FeatureOutcome, openConflicts: boolean): Html {
  const text = `${feature.name} ${feature.owner} ${feature.purpose} ${feature.detail} ${(feature.layers ?? []).join(" ")} ${feature.files.join(" ")}`;
  const open = openConflicts && feature.status === "conflict" ? html` open` : null;
  return html`<details class="row feature" ${item("features", { fate: feature.status }, text)}${open}>
    <summary>
      ${chip(FEATURE_MARKS[feature.status])}<span class="name">${feature.name}</span
      ><span class="about">${feature.detail + inLayers(feature)}</span><span class="owner">${feature.owner}</span>
    </summary>
    <dl class="facts">${facts(feature)}</dl>
  </details> `;
}

function facts(feature: FeatureOutcome): (Html | null)[] {
  return [
    fact("Purpose", feature.purpose),
    fact("Owner", feature.owner),
    fact("Layers", feature.layers === undefined ? null : feature.layers.join(", ")),
    fact("Releases", `${feature.base} → ${feature.release}`),
    fact("Edit", list(feature.conflicts.map((conflict) => code(conflict.workFile)))),
    fact("Evidence", list(feature.evidence)),
    fact("Files", list(feature.files.map(code))),
    fact("Commit", feature.commit === null ? null : code(feature.commit)),
  ];
}

function code(text: string): Html {
  return html`<code>${text}</code>`;
}

function fact(term: string, value: HtmlValue): Html | null {
  if (value === null) return null;
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}

function list(items: readonly HtmlValue[]): Html | null {
  if (items.length === 0) return null;
  return html`<ul>
    ${items.map((entry) => html`<li>${entry}</li>`)}
  </ul>`;
}
