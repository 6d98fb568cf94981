/** Owns the words, glyphs and order of what a comparison of APIs shows. */
import type { ApiDiffItem, ApiDiffStatus, ShimWork } from "../../model/api-diff.js";
import { plural } from "../figures.js";
import type { Mark } from "../vocabulary.js";

export const STATUS_MARKS: Readonly<Record<ApiDiffStatus, Mark>> = {
  adapter: { glyph: "◆", word: "adapter", tone: "bad" },
  "only-legacy": { glyph: "−", word: "only legacy", tone: "warn", counted: "only in legacy" },
  "only-latest": { glyph: "+", word: "only latest", tone: "info", counted: "only in latest" },
  convertible: { glyph: "⇄", word: "convertible", tone: "info" },
  renamed: { glyph: "→", word: "renamed", tone: "good" },
  same: { glyph: "=", word: "same", tone: "good" },
};

/** As the summary counts: from nothing to do to the most. */
export const STATUS_ORDER: readonly ApiDiffStatus[] = ["same", "renamed", "convertible", "adapter", "only-legacy", "only-latest"];

export const WORK_ORDER: readonly ShimWork[] = ["by hand", "generated", "none"];

export const WORK_MARKS: Readonly<Record<ShimWork, Mark>> = {
  "by hand": { glyph: "✍", word: "by hand", tone: "bad" },
  generated: { glyph: "⚙", word: "generated", tone: "info" },
  none: { glyph: "✔", word: "none", tone: "good" },
};

/** "by hand, 2 units: decide what a call does on latest". */
export function workText({ work: { by, units, text } }: Pick<ApiDiffItem, "work">): string {
  return by === "none" ? "none" : `${by}, ${plural(units, "unit")}: ${text}`;
}

/** What callers meet first: what they use today and have to change. */
const URGENCY: readonly ApiDiffStatus[] = ["adapter", "only-legacy", "convertible", "only-latest", "renamed", "same"];

/** Items of one kind of work: those in both releases first, what only the newer has last; else in the order of the headers. */
export function itemsOf(items: readonly ApiDiffItem[], by: ShimWork): ApiDiffItem[] {
  return items.filter((item) => item.work.by === by).toSorted((a, b) => URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status));
}

/** Nothing to say of an item that is the same in both. */
export function isChanged({ status, reasons }: ApiDiffItem): boolean {
  return status !== "same" || reasons.length > 0;
}
