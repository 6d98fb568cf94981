/** Owns the table of formats in which a comparison of APIs is written. */
import type { ApiDiff } from "../../model/api-diff.js";
import { apiDiffHtml } from "./html.js";
import { apiDiffMarkdown } from "./markdown.js";
import { type ApiDiffTextOptions, apiDiffText } from "./text.js";

export const API_DIFF_FORMATS = ["text", "json", "markdown", "html"] as const;
export type ApiDiffFormat = (typeof API_DIFF_FORMATS)[number];

/** Ends with a line end. */
export function renderApiDiff(format: ApiDiffFormat, diff: ApiDiff, options: ApiDiffTextOptions): string {
  switch (format) {
    case "text":
      return apiDiffText(diff, options);
    case "json":
      return `${JSON.stringify(diff, null, 2)}\n`;
    case "markdown":
      return apiDiffMarkdown(diff);
    case "html":
      return apiDiffHtml(diff);
  }
}
