/** Owns the features in the Markdown report. */
import type { RunReport } from "../../model/report.js";
import { FEATURE_MARKS, FEATURE_ORDER } from "../vocabulary.js";
import { codeCell, md, mdTable } from "./escape.js";

export function featuresPart(report: RunReport): string {
  if (report.features.length === 0) return "";
  const ordered = report.features.toSorted((a, b) => FEATURE_ORDER.indexOf(a.status) - FEATURE_ORDER.indexOf(b.status));
  const rows = ordered.map((feature) => {
    const mark = FEATURE_MARKS[feature.status];
    return [`${mark.glyph} ${mark.word}`, codeCell(feature.name), md(feature.owner), md(feature.detail)];
  });
  return `**Features**\n\n${mdTable(["fate", "feature", "owner", "what happened"], ["left", "left", "left", "left"], rows)}`;
}
