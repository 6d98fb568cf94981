/** Owns the feature strip of the terminal report. */
import type { FeatureOutcome } from "../../model/feature.js";
import { printable } from "../../support/style.js";
import { plural } from "../figures.js";
import { byFate, FEATURE_ORDER, groupSizes } from "../order.js";
import { FEATURE_MARKS, counted, inLayers } from "../vocabulary.js";
import { marked, sectionTable, type Page, type Section } from "./section.js";

/** More than these would not fit a line. */
const MOST_GLYPHS = 24;

export const featuresSection: Section = {
  title: (report) => `Features (${report.features.length})`,
  lines: (report, page) => {
    if (report.features.length === 0) return [];
    return [strip(report.features, page), ...sectionTable(page, COLUMNS, rows(report.features, page))];
  },
};

const COLUMNS = [
  { head: "fate" },
  { head: "feature", narrow: "cut", least: 12 },
  { head: "what happened", narrow: "wrap", least: 20 },
] as const;

function strip(features: readonly FeatureOutcome[], page: Page): string {
  const glyphs = byFate(features).map((feature) => page.paint(FEATURE_MARKS[feature.status].tone, FEATURE_MARKS[feature.status].glyph));
  const words = groupSizes(FEATURE_ORDER, features, (feature) => feature.status).map(({ key, size }) =>
    page.paint(FEATURE_MARKS[key].tone, counted(size, FEATURE_MARKS[key])),
  );
  return `  ${features.length > MOST_GLYPHS ? "" : `${glyphs.join(" ")}  `}${words.join(", ")}`;
}

function rows(features: readonly FeatureOutcome[], page: Page): string[][] {
  return byFate(features).map((feature) => [
    marked(page, FEATURE_MARKS[feature.status]),
    printable(feature.name),
    printable(feature.detail) + more(feature) + printable(inLayers(feature)),
  ]);
}

/** Whom to ask where a person is needed; that there is evidence where a feature was dropped. */
function more(feature: FeatureOutcome): string {
  if (feature.status === "conflict") return ` (owner: ${printable(feature.owner)})`;
  return feature.evidence.length === 0 ? "" : ` (${plural(feature.evidence.length, "piece")} of evidence)`;
}
