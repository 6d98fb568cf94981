/** Owns the features of a project as text: one line each, and what is known of those that did not just apply. */
import type { FeatureOutcome } from "../model/feature.js";
import { type Paint, painter, printable } from "../support/style.js";
import { plural } from "./figures.js";
import { byFate, FEATURE_ORDER, groupSizes } from "./order.js";
import { FEATURE_MARKS, counted, inLayers } from "./vocabulary.js";

export interface FeatureFates {
  readonly release: string;
  readonly features: readonly FeatureOutcome[];
}

/** Lines for a terminal. `verbose` also tells the evidence of features that apply. */
export function featureFatesText({ release, features }: FeatureFates, { color, verbose }: { color: boolean; verbose: boolean }): string {
  const paint = painter(color);
  const groups = groupSizes(FEATURE_ORDER, features, ({ status }) => status);
  const words = groups.map(({ key, size }) => counted(size, FEATURE_MARKS[key]));
  const title = `${plural(features.length, "feature")} on ${release}: ${words.join(", ") || "none"}`;
  const lines = byFate(features).flatMap((feature) => linesFor(feature, verbose, paint));
  return [paint("strong", title), ...lines].join("\n");
}

function linesFor(feature: FeatureOutcome, verbose: boolean, paint: Paint): string[] {
  const { glyph, word, tone } = FEATURE_MARKS[feature.status];
  const { name, owner, status, detail, evidence } = feature;
  const told = verbose || status !== "clean" ? linesOf(evidence, detail).map((line) => `      ${paint("muted", printable(line))}`) : [];
  const head = `  ${paint(tone, `${glyph} ${word.padEnd(13)}`)} ${printable(`${name} (${owner}): ${detail}${inLayers(feature)}`)}`;
  return [head, told].flat();
}

/** Without what the head line says already. */
function linesOf(evidence: readonly string[], detail: string): string[] {
  return evidence.flatMap((sentence) => sentence.split("\n")).filter((line) => line.replace(/:$/, "") !== detail);
}
