/** Owns the features in the Markdown report. */
import type { RunReport } from "../../model/report.js";
import { byFate } from "../order.js";
import { FEATURE_MARKS, inLayers } from "../vocabulary.js";
import { codeCell, md, mdTable } from "./escape.js";

export function featuresPart(report: RunReport): string {
  if (report.features.length === 0) return "";
  const ordered = byFate(report.features);
  const rows = ordered.map((feature) => {
    const mark = FEATURE_MARKS[feature.status];
    return [`${mark.glyph} ${mark.word}`, codeCell(feature.name), md(feature.owner), md(feature.detail + inLayers(feature))];
  });
  return `**Features**\n\n${mdTable(["fate", "feature", "owner", "what happened"], ["left", "left", "left", "left"], rows)}`;
}
