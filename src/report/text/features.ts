/** Owns the feature strip of the terminal report. */
import type { FeatureOutcome } from "../../model/feature.js";
import { printable } from "../../support/style.js";
import { plural } from "../figures.js";
import { FEATURE_MARKS, FEATURE_ORDER } from "../vocabulary.js";
import { marked, sectionTable, type Page, type Section } from "./section.js";

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
  { head: "owner", narrow: "cut" },
  { head: "what happened", narrow: "wrap", least: 20 },
] as const;

function strip(features: readonly FeatureOutcome[], page: Page): string {
  const glyphs = ordered(features).map((feature) => page.paint(FEATURE_MARKS[feature.status].tone, FEATURE_MARKS[feature.status].glyph));
  const words = FEATURE_ORDER.map((status) => ({ status, size: features.filter((feature) => feature.status === status).length }))
    .filter((group) => group.size > 0)
    .map((group) => page.paint(FEATURE_MARKS[group.status].tone, `${group.size} ${FEATURE_MARKS[group.status].word}`));
  return features.length > 40 ? `  ${words.join(", ")}` : `  ${glyphs.join(" ")}  ${words.join(", ")}`;
}

function ordered(features: readonly FeatureOutcome[]): FeatureOutcome[] {
  return features.toSorted((a, b) => FEATURE_ORDER.indexOf(a.status) - FEATURE_ORDER.indexOf(b.status));
}

function rows(features: readonly FeatureOutcome[], page: Page): string[][] {
  return ordered(features).map((feature) => [
    marked(page, FEATURE_MARKS[feature.status]),
    printable(feature.name),
    printable(feature.owner),
    printable(feature.detail) + evidence(feature),
  ]);
}

function evidence(feature: FeatureOutcome): string {
  return feature.evidence.length === 0 ? "" : ` (${plural(feature.evidence.length, "piece")} of evidence)`;
}
