/** Owns the comparison of two APIs as Markdown. */
import type { ApiDiff, ApiDiffItem, ShimWork } from "../../model/api-diff.js";
import { count, plural } from "../figures.js";
import { code, codeCell, details, md, mdTable } from "../markdown/escape.js";
import { isChanged, itemsOf, STATUS_MARKS, STATUS_ORDER, workText } from "./vocabulary.js";

export function apiDiffMarkdown(diff: ApiDiff): string {
  const blocks = [
    `# API: ${md(diff.legacy.flavor)} → ${md(diff.latest.flavor)}`,
    `${code(diff.legacy.snapshot)} → ${code(diff.latest.snapshot)}: ${summary(diff)}`,
    kinds(diff),
    ...part("By hand", diff, "by hand"),
    ...part("Generated", diff, "generated"),
    ...free(diff),
    ...suggestions(diff),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function summary({ items, summary: { work } }: ApiDiff): string {
  const { none, generated, byHand } = work;
  return `${plural(items.length, "item")}; shim work: **by hand ${plural(byHand.items, "item")}, ${plural(byHand.units, "unit")}**, generated ${plural(generated.items, "item")}, ${plural(generated.units, "unit")}, none for ${count(none)}.`;
}

function kinds({ summary: { kinds: list } }: ApiDiff): string {
  const heads = ["", ...STATUS_ORDER.map((status) => `${STATUS_MARKS[status].glyph} ${STATUS_MARKS[status].word}`)];
  const rows = list.map(({ kind, statuses }) => [
    kind,
    ...STATUS_ORDER.map((status) => (statuses[status] === 0 ? "" : count(statuses[status]))),
  ]);
  return mdTable(heads, ["left", ...STATUS_ORDER.map(() => "right" as const)], rows);
}

function part(title: string, { items }: ApiDiff, by: ShimWork): string[] {
  const those = itemsOf(items, by);
  return those.length === 0 ? [] : [`## ${title}`, those.map(itemText).join("\n")];
}

function itemText(item: ApiDiffItem): string {
  const mark = STATUS_MARKS[item.status];
  const sides = [item.legacy, item.latest].flatMap((side, index) =>
    side === null ? [] : [`  - ${index === 0 ? "legacy" : "latest"} ${code(side.text)} (${md(`${side.file}:${side.line}`)})`],
  );
  const reasons = item.reasons.map(({ text }) => `  - ${withCode(text)}`);
  return [`- ${mark.glyph} ${mark.word}: ${item.kind} ${code(item.name)}; ${withCode(workText(item))}`, ...sides, ...reasons].join("\n");
}

/** Our own sentences put code between backquotes. */
function withCode(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((piece, index) => (index % 2 === 1 ? code(piece) : md(piece)))
    .join("");
}

function free({ items }: ApiDiff): string[] {
  const those = itemsOf(items, "none").filter(isChanged);
  if (those.length === 0) return [];
  const rows = those.map((item) => [
    `${STATUS_MARKS[item.status].glyph} ${STATUS_MARKS[item.status].word}`,
    `${item.kind} ${codeCell(item.name)}`,
    item.reasons.map(({ text }) => withCode(text).replaceAll(/(?<!\\)\|/g, "\\|")).join("; "),
  ]);
  return [details(`${plural(those.length, "item")} without work`, mdTable(["", "item", "what differs"], ["left", "left", "left"], rows))];
}

function suggestions({ suggestions: list }: ApiDiff): string[] {
  if (list.length === 0) return [];
  const rows = list.map(({ section, line, score, evidence }) => [
    section,
    codeCell(line),
    score.toFixed(2),
    evidence.map((one) => md(one)).join("; "),
  ]);
  return [
    "## Suggested for the map",
    "Nothing of it was applied.",
    mdTable(["section", "line", "score", "evidence"], ["left", "left", "right", "left"], rows),
  ];
}
