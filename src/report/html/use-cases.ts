/** Owns the use cases on the page: verdict and metrics at a glance, the rest behind. */
import type { Evidence } from "../../model/evidence.js";
import type { RunReport } from "../../model/report.js";
import { jointSentence } from "../joint.js";
import { keyMetrics, useCaseViews, type MetricView, type UseCaseView } from "../metrics.js";
import { VERDICT_ORDER, groupSizes } from "../order.js";
import { VERDICT_MARKS } from "../vocabulary.js";
import { evidencePart } from "./evidence.js";
import { filters, item } from "./filters.js";
import { chip, command, dataTable, section } from "./parts.js";
import { html, type Html } from "./template.js";
import { useCaseGrid } from "./use-case-grid.js";

/** As many as stand beside each other on a desk's screen. */
const MOST_TILES = 5;

export function useCasesPart(report: RunReport): Html | null {
  const views = useCaseViews(report);
  if (views.length === 0) return null;
  const lead =
    "The same input through both releases: legacy → latest. Figures with * depend on the machine's day and do not change the verdict.";
  const ids = [...new Set(views.flatMap((view) => view.metrics.map((metric) => metric.id)))];
  return section(
    "use-cases",
    "Use cases",
    lead,
    html`${jointPart(report)}${useCaseGrid(views)}${filterOf(views)}
      <div class="rows">${views.map((view) => row(view, ids, evidenceOf(report, view)))}</div>`,
  );
}

function jointPart(report: RunReport): Html | null {
  const sentence = jointSentence(report);
  return sentence === null ? null : html`<p class="${sentence.ok ? "good" : "bad"}">${sentence.glyph} ${sentence.text}.</p>`;
}

function filterOf(views: readonly UseCaseView[]): Html {
  const values = groupSizes(VERDICT_ORDER, views, (view) => view.result.verdict).map(({ key, size }) => ({
    value: key,
    label: `${VERDICT_MARKS[key].glyph} ${key}`,
    size,
  }));
  return filters({
    list: "cases",
    label: "Use cases",
    choices: [{ name: "verdict", label: "Verdict", values }],
    search: "case",
    total: views.length,
  });
}

function evidenceOf({ evidence }: RunReport, { result }: UseCaseView): Evidence | undefined {
  return evidence.find(({ id }) => id === result.id);
}

function row(view: UseCaseView, ids: readonly string[], evidence: Evidence | undefined): Html {
  const { result } = view;
  const text = `${result.id} ${result.name} ${result.owner} ${result.purpose} ${result.detail}`;
  return html`<details class="row case" id="case-${result.id}" ${item("cases", { verdict: result.verdict }, text)}>
    <summary>
      ${chip(VERDICT_MARKS[result.verdict])}<span class="name"
        >${result.name}<span class="owner"
          >${result.owner}${result.detail === "" ? null : html` · <span class="bad">${result.detail}</span>`}</span
        ></span
      ><span class="tiles">${tilesOf(view, ids)}</span>
    </summary>
    <div class="inside">
      <p>${result.purpose}</p>
      ${
        result.stack.length === 0
          ? null
          : html`<h4>Stack</h4>
              <pre>${result.stack.join("\n")}</pre>`
      }
      ${evidencePart(result, evidence)}${metricsTable(view)}${again(view)}
    </div>
  </details> `;
}

/** The same metrics in the same place for all cases while they are few; else each case's most telling ones. */
function tilesOf(view: UseCaseView, ids: readonly string[]): Html[] {
  if (ids.length > MOST_TILES) return keyMetrics(view.metrics, MOST_TILES).map(tile);
  return ids.map((id) => {
    const metric = view.metrics.find((candidate) => candidate.id === id);
    return metric === undefined ? html`<span class="tile empty"></span>` : tile(metric);
  });
}

function tile(metric: MetricView): Html {
  const mark = VERDICT_MARKS[metric.verdict];
  const quiet = metric.verdict === "no worse" || metric.verdict === "not measured";
  return html`<span class="tile"
    ><span class="metric" title="${metric.name}">${metric.name}${metric.measured ? "*" : null}</span
    ><span class="values">${metric.legacy} → ${metric.latest} <small>${metric.unit}</small></span
    ><span class="change ${quiet ? "muted" : mark.tone}"
      >${mark.glyph} ${metric.change} ${quiet ? html`<span class="sr">${mark.word}</span>` : mark.word}</span
    ></span
  >`;
}

function metricsTable(view: UseCaseView): Html {
  const heads = [
    { text: "Metric" },
    { text: "Legacy", right: true },
    { text: "Latest", right: true },
    { text: "Change", right: true },
    { text: "May be worse by", right: true },
    { text: "Change over the pairs", right: true },
    { text: "Would have seen", right: true },
    { text: "Verdict" },
  ];
  const rows = view.metrics.map((metric) => [
    `${metric.name}${metric.measured ? "*" : ""}`,
    `${metric.legacy} ${metric.unit}`,
    `${metric.latest} ${metric.unit}`,
    metric.change,
    metric.margin,
    metric.interval,
    metric.detectable,
    chip(VERDICT_MARKS[metric.verdict]),
  ]);
  return dataTable(`Metrics of ${view.result.name}`, heads, rows);
}

function again(view: UseCaseView): Html {
  const { commands } = view.result;
  return html`${
    view.repeats === null
      ? null
      : html`<p class="muted">
          * median of ${view.repeats} runs per flavor. “Would have seen”: the smallest change for the worse that these pairs call worse four
          times out of five, with 1 % chance of a single false “worse” over all use cases.
        </p>`
  }
  ${
    commands.length === 0
      ? null
      : html`<h4>Run it by hand</h4>
          ${commands.map((line) => html`<p>${command(line)}</p>`)}`
  }`;
}
