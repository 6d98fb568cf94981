/** Owns the features on the page: one line each, with purpose, evidence and files behind it. */
import type { FeatureOutcome } from "../../model/feature.js";
import type { RunReport } from "../../model/report.js";
import { FEATURE_MARKS, FEATURE_ORDER } from "../vocabulary.js";
import { filters, item } from "./filters.js";
import { chip, section } from "./parts.js";
import { html, type Html } from "./template.js";

export function featuresPart({ features }: RunReport): Html | null {
  if (features.length === 0) return null;
  const ordered = features.toSorted((a, b) => FEATURE_ORDER.indexOf(a.status) - FEATURE_ORDER.indexOf(b.status));
  const lead = "What became of each downstream feature on the new release.";
  return section(
    "features",
    "Features",
    lead,
    html`${filterOf(features)}
      <div class="rows">${ordered.map(row)}</div>`,
  );
}

function filterOf(features: readonly FeatureOutcome[]): Html {
  const values = FEATURE_ORDER.map((status) => ({
    value: status,
    label: `${FEATURE_MARKS[status].glyph} ${FEATURE_MARKS[status].word}`,
    size: features.filter((feature) => feature.status === status).length,
  })).filter((choice) => choice.size > 0);
  return filters({
    list: "features",
    label: "Features",
    choices: [{ name: "fate", label: "Fate", values }],
    search: "feature",
    total: features.length,
  });
}

function row(feature: FeatureOutcome): Html {
  const text = `${feature.name} ${feature.owner} ${feature.purpose} ${feature.detail} ${feature.files.join(" ")}`;
  const open = feature.status === "conflict" ? html` open` : null;
  return html`<details class="row feature" ${item("features", { fate: feature.status }, text)}${open}>
    <summary>
      ${chip(FEATURE_MARKS[feature.status])}<span class="name">${feature.name}</span><span class="about">${feature.detail}</span
      ><span class="owner">${feature.owner}</span>
    </summary>
    <dl class="facts">
      ${fact("Purpose", feature.purpose)} ${fact("Owner", feature.owner)} ${fact("Releases", `${feature.base} → ${feature.release}`)}
      ${
        feature.conflicts.length === 0
          ? null
          : fact(
              "Edit",
              feature.conflicts.map((conflict) => html`<code>${conflict.workFile}</code> `),
            )
      }
      ${
        feature.evidence.length === 0
          ? null
          : fact(
              "Evidence",
              html`<ul>
                ${feature.evidence.map((line) => html`<li>${line}</li>`)}
              </ul>`,
            )
      }
      ${
        feature.files.length === 0
          ? null
          : fact(
              "Files",
              html`<ul>
                ${feature.files.map((file) => html`<li><code>${file}</code></li>`)}
              </ul>`,
            )
      }
      ${feature.commit === null ? null : fact("Commit", html`<code>${feature.commit}</code>`)}
    </dl>
  </details> `;
}

function fact(term: string, value: Parameters<typeof html>[1]): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`;
}
