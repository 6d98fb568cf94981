/** Owns the grid of use cases: one cell each, what needs a decision first, each cell a link to its evidence. */
import { keyMetrics, type UseCaseView } from "../metrics.js";
import { VERDICT_ORDER } from "../order.js";
import { VERDICT_MARKS } from "../vocabulary.js";
import { html, type Html } from "./template.js";

export function useCaseGrid(views: readonly UseCaseView[]): Html {
  const groups = VERDICT_ORDER.map((verdict) => ({ verdict, members: views.filter((view) => view.shown === verdict) }));
  return html`<div class="grid">
    ${groups.filter(({ members }) => members.length > 0).map(({ verdict, members }) => groupPart(verdict, members))}
  </div>`;
}

function groupPart(verdict: UseCaseView["shown"], members: readonly UseCaseView[]): Html {
  const { glyph, word, tone } = VERDICT_MARKS[verdict];
  const ofTheDay = members.filter(({ measuredVerdict }) => measuredVerdict === verdict).length;
  const apart = ofTheDay === 0 ? "" : ` · ${ofTheDay} only by what depends on the machine's day*`;
  return html`<section class="group">
    <h3 class="${tone}"><span aria-hidden="true">${glyph}</span> ${members.length} ${word} <small>${ADVICE[verdict]}${apart}</small></h3>
    <div class="cells">${members.map((view) => cell(view))}</div>
  </section>`;
}

const ADVICE: Readonly<Record<UseCaseView["shown"], string>> = {
  crashed: "stay on legacy; find out why",
  worse: "stay on legacy, or accept what is lost",
  inconclusive: "compare again with more pairs, on a quiet machine",
  better: "may move to latest",
  "no worse": "may move to latest",
};

function cell(view: UseCaseView): Html {
  const { result, shown, measuredVerdict } = view;
  const mark = VERDICT_MARKS[shown];
  const apart = measuredVerdict === shown ? "*" : null;
  return html`<a class="usecase ${mark.tone}" href="#case-${result.id}" title="${result.purpose}"
    ><b>${result.name}</b><span>${why(view)}${apart}</span></a
  >`;
}

/** The metric that decided, or how it ended. */
function why({ result, metrics, shown }: UseCaseView): string {
  if (shown === "crashed") return result.detail;
  const telling = keyMetrics(metrics, 1)[0];
  if (telling === undefined) return result.detail;
  return shown === "no worse" ? "" : `${telling.name} ${telling.change}`;
}
