/** Owns the top of the page: what was upgraded, the headline, what comes next, what needs a person. */
import type { RunReport } from "../../model/report.js";
import { headlineParts } from "../headline.js";
import { gateMark } from "../vocabulary.js";
import { chip, command } from "./parts.js";
import { html, type Html } from "./template.js";

export function header(report: RunReport): Html {
  return html`<header>
    <div class="top">
      <span class="brand">unfork</span><span class="kind">upgrade report</span
      ><button type="button" class="theme" data-theme-button>Theme</button>
    </div>
    <h1>
      <span>${report.library}</span>
      <span class="releases">${report.from} <span aria-label="to">→</span> ${report.to}</span> ${chip(gateMark(report))}
    </h1>
    <p class="headline">${headline(report)}</p>
  </header>`;
}

function headline(report: RunReport): Html[] {
  return headlineParts(report).map(
    (part, index) =>
      html`${index === 0 ? null : html` <span class="dot">·</span> `}<span class="part"
          >${part.map((span) => html`<span class="${span.tone}">${span.text}</span>`)}</span
        >`,
  );
}

export function needsYouPart(report: RunReport): Html {
  if (report.needsYou.length === 0)
    return html`<section class="needs none" aria-labelledby="needs-title">
      <h2 id="needs-title"><span class="glyph" aria-hidden="true">✔</span> Nothing needs you</h2>
      ${nextStep(report)}
    </section>`;
  return html`<section class="needs" id="needs-you" aria-labelledby="needs-title">
    <h2 id="needs-title"><span class="glyph" aria-hidden="true">◆</span> Needs you <span class="size">${report.needsYou.length}</span></h2>
    ${needList(report, 0, MOST_NEEDS)}
    ${
      report.needsYou.length <= MOST_NEEDS
        ? null
        : html`<details class="more">
            <summary>${report.needsYou.length - MOST_NEEDS} more</summary>
            ${needList(report, MOST_NEEDS, report.needsYou.length)}
          </details>`
    }
    ${nextStep(report)}
  </section>`;
}

/** As many as leave the figures below them in sight. */
const MOST_NEEDS = 5;

function needList({ needsYou }: RunReport, from: number, to: number): Html {
  const items = needsYou.slice(from, to).map((need, index) => {
    const isSaidBelow = from + index + 1 < to && need.command === needsYou[from + index + 1]?.command;
    return html`<li><span class="what">${need.what}</span>${need.command === "" || isSaidBelow ? null : command(need.command)}</li>`;
  });
  return html`<ol start="${from + 1}">
    ${items}
  </ol>`;
}

/** Left out when one of the commands above is it. */
function nextStep({ next, needsYou }: RunReport): Html | null {
  if (next === "" || needsYou.some((need) => need.command === next)) return null;
  return html`<p class="next"><b>Next</b> ${/^(unfork|npx|npm) /.test(next) ? command(next) : html`<span>${next}</span>`}</p>`;
}
