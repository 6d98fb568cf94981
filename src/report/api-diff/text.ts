/** Owns the comparison of two APIs as terminal text: the counts, then what costs work, then the rest where it is asked for. */
import type { ApiDiff, ApiDiffItem, ApiDiffSuggestion } from "../../model/api-diff.js";
import { painter, printable } from "../../support/style.js";
import { pad, visibleWidth, wrap } from "../../support/table.js";
import { count, plural } from "../figures.js";
import { type Page, paragraph, sectionTable } from "../text/section.js";
import { isChanged, itemsOf, STATUS_MARKS, STATUS_ORDER } from "./vocabulary.js";

export interface ApiDiffTextOptions {
  readonly color: boolean;
  readonly width: number;
  /** What costs nothing is shown too. */
  readonly all: boolean;
}

export function apiDiffText(diff: ApiDiff, { color, width, all }: ApiDiffTextOptions): string {
  const page: Page = { paint: painter(color), width: Math.min(160, Math.max(80, width)) };
  const free = itemsOf(diff.items, "none").filter(isChanged);
  const same = diff.items.length - diff.items.filter(isChanged).length;
  const blocks = [
    head(diff, page),
    kinds(diff, page),
    worked("By hand", itemsOf(diff.items, "by hand"), page),
    worked("Generated", itemsOf(diff.items, "generated"), page),
    all ? worked("No work", free, page) : [],
    all ? sames(diff, page) : [],
    suggestions(diff.suggestions, page, all),
    all ? [] : rest(free.length, same, page),
  ];
  return `${blocks.flatMap((lines) => (lines.length === 0 ? [] : [lines.join("\n")])).join("\n\n")}\n`;
}

function head({ legacy, latest, items, summary }: ApiDiff, page: Page): string[] {
  const counts = STATUS_ORDER.map((status) => ({ status, size: summary.statuses[status] }))
    .filter(({ size }) => size > 0)
    .map(({ status, size }) =>
      page.paint(STATUS_MARKS[status].tone, `${count(size)} ${STATUS_MARKS[status].counted ?? STATUS_MARKS[status].word}`),
    );
  const { none, generated, byHand } = summary.work;
  const work = [
    page.paint(byHand.items === 0 ? "good" : "bad", `by hand ${plural(byHand.items, "item")}, ${plural(byHand.units, "unit")}`),
    `generated ${plural(generated.items, "item")}, ${plural(generated.units, "unit")}`,
    `none for ${plural(none, "item")}`,
  ];
  const lines = [
    page.paint("strong", printable(`${legacy.flavor} ${legacy.snapshot} → ${latest.flavor} ${latest.snapshot}`)),
    `${plural(items.length, "item")}: ${counts.join(", ")}`,
    `shim work: ${work.join("; ")}`,
    ...[legacy, latest]
      .filter(({ errors }) => errors > 0)
      .map(({ flavor, errors }) =>
        page.paint("warn", `▲ the headers of ${flavor} have ${plural(errors, "error")}: declarations may be missing`),
      ),
  ];
  return lines.flatMap((line) => wrap(line, page.width));
}

function kinds({ summary }: ApiDiff, page: Page): string[] {
  const columns = [{ head: "" }, ...STATUS_ORDER.map((status) => ({ head: STATUS_MARKS[status].word, align: "right" as const }))];
  const rows = summary.kinds.map(({ kind, statuses }) => [
    kind,
    ...STATUS_ORDER.map((status) => (statuses[status] === 0 ? page.paint("muted", "·") : count(statuses[status]))),
  ]);
  return sectionTable(page, columns, rows);
}

function worked(title: string, items: readonly ApiDiffItem[], page: Page): string[] {
  if (items.length === 0) return [];
  const units = items.reduce((sum, { work }) => sum + work.units, 0);
  const size = units === 0 ? plural(items.length, "item") : `${plural(items.length, "item")}, ${plural(units, "unit")}`;
  return [`${page.paint("strong", title)} ${page.paint("muted", size)}`, ...items.flatMap((item) => itemLines(item, page))];
}

/** One line of what only one release has: its declaration says all. */
function oneSidedLines(item: ApiDiffItem, page: Page): string[] {
  const mark = STATUS_MARKS[item.status];
  const lead = pad(page.paint(mark.tone, `${mark.glyph} ${mark.word}`), MARK_WIDTH);
  const { text, file, line } = (item.legacy ?? item.latest) as NonNullable<ApiDiffItem["legacy"]>;
  const what = item.owner === null ? text : `${item.kind} ${item.name}: ${text}`;
  const lines = paragraph(page, what, lead, 2, MARK_WIDTH);
  const place = page.paint("muted", printable(`${file}:${line}`));
  const last = lines.at(-1) ?? "";
  const gap = page.width - visibleWidth(last) - visibleWidth(place);
  if (gap >= 2) return [...lines.slice(0, -1), `${last}${" ".repeat(gap)}${place}`];
  return [...lines, `${" ".repeat(Math.max(2, page.width - visibleWidth(place)))}${place}`];
}

const MARK_WIDTH = 15;

function itemLines(item: ApiDiffItem, page: Page): string[] {
  if (item.status === "only-legacy" || item.status === "only-latest") return oneSidedLines(item, page);
  const mark = STATUS_MARKS[item.status];
  const lead = pad(page.paint(mark.tone, `${mark.glyph} ${mark.word}`), MARK_WIDTH);
  return [
    ...paragraph(page, `${item.kind} ${item.name}`, lead, 2, MARK_WIDTH),
    ...declarationLines(item, page),
    ...item.reasons.flatMap(({ text }) => paragraph(page, plain(text), "· ", 6)),
    ...(item.work.text === "" ? [] : paragraph(page, plain(item.work.text), page.paint("muted", "shim: "), 6, 6)),
  ];
}

/** One line where both sides read alike; the place stands at the right where there is room. */
function declarationLines({ legacy, latest }: ApiDiffItem, page: Page): string[] {
  return [...sideLines("legacy ", legacy, page), ...sideLines("latest ", latest, page)];
}

function sideLines(word: string, declaration: ApiDiffItem["legacy"], page: Page): string[] {
  if (declaration === null) return [];
  const lead = page.paint("muted", word);
  const place = page.paint("muted", printable(`${declaration.file}:${declaration.line}`));
  const text = printable(declaration.text);
  const gap = page.width - 6 - word.length - visibleWidth(text) - visibleWidth(place);
  if (gap >= 2) return [`      ${lead}${text}${" ".repeat(gap)}${place}`];
  return [...paragraph(page, text, lead, 6, word.length), `${" ".repeat(6 + word.length)}${place}`];
}

/** Terminals have no code spans. */
function plain(text: string): string {
  return text.replaceAll("`", "");
}

function sames({ items }: ApiDiff, page: Page): string[] {
  const same = items.filter((item) => !isChanged(item));
  if (same.length === 0) return [];
  return [
    `${page.paint("strong", "Same")} ${page.paint("muted", plural(same.length, "item"))}`,
    ...same.flatMap(({ kind, name }) => paragraph(page, `${kind} ${name}`, "= ", 2)),
  ];
}

/** Suggestions that are shown without --all. */
const SHOWN = 20;

function suggestions(list: readonly ApiDiffSuggestion[], page: Page, all: boolean): string[] {
  if (list.length === 0) return [];
  const shown = all ? list : list.slice(0, SHOWN);
  const sections = [...new Set(shown.map(({ section }) => section))];
  return [
    ...wrap(
      `${page.paint("strong", "Suggested for the map")} ${page.paint("muted", "nothing of it was applied; check, then give the file as --map")}`,
      page.width,
    ),
    ...sections.flatMap((section) => sectionLines(section, shown, page)),
    ...(shown.length < list.length
      ? [page.paint("muted", `  and ${plural(list.length - shown.length, "more", "more")}: --all shows them`)]
      : []),
  ];
}

function sectionLines(section: string, shown: readonly ApiDiffSuggestion[], page: Page): string[] {
  const those = shown.filter((one) => one.section === section);
  return [`  ${section}:`, ...those.flatMap((one) => suggestionLines(one, page))];
}

function suggestionLines({ line, score, evidence }: ApiDiffSuggestion, page: Page): string[] {
  const note = `# ${score.toFixed(2)}: ${evidence.join("; ")}`;
  const text = `    ${printable(line)}`;
  return visibleWidth(text) + 2 + visibleWidth(note) <= page.width
    ? [`${text}  ${page.paint("muted", printable(note))}`]
    : [text, ...paragraph(page, note, "", 6).map((each) => page.paint("muted", each))];
}

function rest(free: number, same: number, page: Page): string[] {
  const text = `not shown: ${plural(free, "item")} that differ without work, ${plural(same, "item")} the same; --all shows them`;
  return wrap(page.paint("muted", text), page.width);
}
