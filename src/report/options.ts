/** Owns what a reporter is: a run report in, text out. */
import type { RunReport } from "../model/report.js";

export interface ReportOptions {
  /** Whether terminal text may hold colour; the caller minds NO_COLOR, FORCE_COLOR and the stream. */
  readonly color: boolean;
  /** Columns of the terminal; only terminal text minds it. */
  readonly width: number;
}

/** Pure: the same report and options give the same text, line end included. */
export type Reporter = (report: RunReport, options: ReportOptions) => string;
