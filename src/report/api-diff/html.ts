/** Owns the comparison of two APIs as one offline page. */
import type { ApiDiff, ApiDiffItem } from "../../model/api-diff.js";
import { count, plural } from "../figures.js";
import { filters, item as filtered } from "../html/filters.js";
import { pageFrame } from "../html/frame.js";
import { chip, dataTable, section } from "../html/parts.js";
import { html, type Html } from "../html/template.js";
import { groupSizes } from "../order.js";
import { isChanged, itemsOf, STATUS_MARKS, STATUS_ORDER, WORK_MARKS, WORK_ORDER, workText } from "./vocabulary.js";

export function apiDiffHtml(diff: ApiDiff): string {
  const nav = [
    { id: "summary", title: "Summary" },
    { id: "items", title: "Items" },
    ...(diff.suggestions.length === 0 ? [] : [{ id: "suggestions", title: "Suggestions" }]),
    ...(diff.headers.length === 0 ? [] : [{ id: "headers", title: "Headers" }]),
  ];
  return pageFrame({
    tool: diff.tool,
    title: `API of ${diff.legacy.flavor} and ${diff.latest.flavor}`,
    header: header(diff),
    nav,
    main: html`${cards(diff)} ${kinds(diff)} ${items(diff)} ${suggestions(diff)} ${headers(diff)}`,
  });
}

function header({ legacy, latest }: ApiDiff): Html {
  const troubled = [legacy, latest].filter(({ errors }) => errors > 0);
  return html`<header>
    <div class="top">
      <span class="brand">unfork</span><span class="kind">API comparison</span
      ><button type="button" class="theme" data-theme-button>Theme</button>
    </div>
    <h1>
      <span>${legacy.flavor} <span aria-label="to">→</span> ${latest.flavor}</span>
    </h1>
    <p class="headline"><code>${legacy.snapshot}</code> → <code>${latest.snapshot}</code></p>
    ${troubled.map((side) => html`<p class="warn">▲ The headers of ${side.flavor} have ${plural(side.errors, "error")}: declarations may be missing.</p>`)}
  </header>`;
}

function cards({ summary: { statuses, work }, items: list }: ApiDiff): Html {
  const alike = statuses.same + statuses.renamed;
  const shown = [
    {
      href: "items",
      label: "Same or renamed",
      tone: "good",
      value: `${count(alike)} of ${count(list.length)}`,
      note: `${count(statuses.renamed)} renamed or moved`,
    },
    {
      href: "items",
      label: "Work by hand",
      tone: work.byHand.items === 0 ? "good" : "bad",
      value: plural(work.byHand.units, "unit"),
      note: `in ${plural(work.byHand.items, "item")}`,
    },
    {
      href: "items",
      label: "Generated",
      tone: "info",
      value: plural(work.generated.units, "unit"),
      note: `in ${plural(work.generated.items, "item")}`,
    },
    {
      href: "items",
      label: "Only in one",
      tone: "warn",
      value: count(statuses["only-legacy"] + statuses["only-latest"]),
      note: `${count(statuses["only-legacy"])} in legacy, ${count(statuses["only-latest"])} in latest`,
    },
  ];
  return html`<div class="cards">
    ${shown.map(
      ({ href, label, tone, value, note }) =>
        html`<a class="card ${tone}" href="#${href}"
          ><span class="label">${label}</span><span class="value">${value}</span><span class="note">${note}</span></a
        >`,
    )}
  </div>`;
}

function kinds({ summary: { kinds: list } }: ApiDiff): Html {
  const heads = [
    { text: "Kind" },
    ...STATUS_ORDER.map((status) => ({ text: `${STATUS_MARKS[status].glyph} ${STATUS_MARKS[status].word}`, right: true })),
  ];
  const rows = list.map(({ kind, statuses }) => [
    kind,
    ...STATUS_ORDER.map((status) => (statuses[status] === 0 ? html`<span class="muted">·</span>` : count(statuses[status]))),
  ]);
  return section(
    "summary",
    "Summary",
    "What of either release's API is the same under the map, and what is not.",
    dataTable("Items by kind and status", heads, rows),
  );
}

/** Work by hand first, then generated, then the rest that differs; what is the same is in the JSON. */
function items({ items: list }: ApiDiff): Html {
  const shown = WORK_ORDER.flatMap((by) => itemsOf(list, by).filter(isChanged));
  const lead = `What costs work comes first. ${plural(list.length - shown.length, "item")} that read the same on both sides are left out here; the JSON holds all.`;
  return section(
    "items",
    "Items",
    lead,
    html`${filterOf(shown)}
      <div class="scroll" tabindex="0" role="region" aria-label="Items">
        <table class="findings">
          <caption class="sr">
            Items
          </caption>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Item</th>
              <th scope="col">Declarations</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map(row)}
          </tbody>
        </table>
      </div>`,
  );
}

function filterOf(list: readonly ApiDiffItem[]): Html {
  const status = groupSizes(STATUS_ORDER, list, (one) => one.status).map(({ key, size }) => ({
    value: key,
    label: `${STATUS_MARKS[key].glyph} ${STATUS_MARKS[key].word}`,
    size,
  }));
  const work = groupSizes(WORK_ORDER, list, (one) => one.work.by).map(({ key, size }) => ({
    value: key,
    label: `${WORK_MARKS[key].glyph} ${WORK_MARKS[key].word}`,
    size,
  }));
  const kindsOf = [...new Set(list.map(({ kind }) => kind))];
  const kind = groupSizes(kindsOf, list, (one) => one.kind).map(({ key, size }) => ({ value: key, label: key, size }));
  return filters({
    list: "items",
    label: "Items",
    choices: [
      { name: "work", label: "Work", values: work },
      { name: "status", label: "Status", values: status },
      { name: "kind", label: "Kind", values: kind },
    ],
    search: "name",
    total: list.length,
  });
}

function row(one: ApiDiffItem): Html {
  const text = [one.name, one.legacy?.text ?? "", one.latest?.text ?? "", ...one.reasons.map((each) => each.text)].join(" ");
  return html`<tr ${filtered("items", { status: one.status, work: one.work.by, kind: one.kind }, text)}>
    <td>${chip(STATUS_MARKS[one.status])}<span class="why">${one.kind}</span></td>
    <th scope="row">
      <code>${one.name}</code>${one.reasons.map((each) => html`<span class="why">${withCode(each.text)}</span>`)}${
        one.work.by === "none" ? null : html`<span class="why"><b>Shim:</b> ${withCode(workText(one))}</span>`
      }
    </th>
    <td>${place("legacy", one.legacy)}${place("latest", one.latest)}</td>
  </tr> `;
}

function place(word: string, side: ApiDiffItem["legacy"]): Html | null {
  if (side === null) return null;
  return html`<span class="place"><b>${word}</b> <code>${side.text}</code><br />${side.file}:${side.line}</span>`;
}

/** Our own sentences put code between backquotes. */
function withCode(text: string): Html[] {
  return text.split(/`([^`]*)`/).map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : html`${piece}`));
}

function suggestions({ suggestions: list }: ApiDiff): Html | null {
  if (list.length === 0) return null;
  const heads = [{ text: "Line for the map" }, { text: "Section" }, { text: "Score", right: true }, { text: "Evidence" }];
  const rows = list.map(({ line, section: part, score, evidence }) => [
    html`<code>${line}</code>`,
    part,
    score.toFixed(2),
    evidence.join("; "),
  ]);
  return section(
    "suggestions",
    "Suggestions",
    "Probable renames. Nothing of it was applied.",
    dataTable("Suggested for the map", heads, rows),
  );
}

function headers({ headers: list }: ApiDiff): Html | null {
  if (list.length === 0) return null;
  const heads = [{ text: "Header" }, { text: "Stands now in" }, { text: "Declarations", right: true }];
  const rows = list.map(({ from, to, declarations }) => [html`<code>${from}</code>`, html`<code>${to}</code>`, count(declarations)]);
  return section("headers", "Moved headers", null, dataTable("Headers whose declarations moved", heads, rows));
}
