/** Owns the comparison of program sizes: what each mode costs over the legacy one. */
import type { ProgramSize } from "../model/build.js";
import type { RunReport } from "../model/report.js";

export type SizeMeasure = "raw" | "stripped" | "gzip";
export const SIZE_MEASURES: readonly SizeMeasure[] = ["raw", "stripped", "gzip"];

export const SIZE_TITLES: Readonly<Record<SizeMeasure, string>> = { raw: "raw", stripped: "stripped", gzip: "gzip" };
export const SIZE_EXPLANATIONS: Readonly<Record<SizeMeasure, string>> = {
  raw: "as linked",
  stripped: "without symbol table and debug information",
  gzip: "stripped, compressed by gzip -9",
};

export interface SizeRow {
  readonly size: ProgramSize;
  /** The legacy-only program, when it was built and this is not it. */
  readonly over: ProgramSize | null;
}

/** One row per mode, in the report's order. */
export function sizeRows(report: Pick<RunReport, "sizes">): SizeRow[] {
  const legacy = report.sizes.find((size) => size.mode === "legacy") ?? null;
  return report.sizes.map((size) => ({ size, over: size.mode === "legacy" ? null : legacy }));
}

/** "legacy only", "latest only", "dual". */
export function modeTitle(mode: ProgramSize["mode"]): string {
  return mode === "dual" ? "dual" : `${mode} only`;
}
