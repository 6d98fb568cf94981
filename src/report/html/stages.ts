/** Owns the stage timeline on the page. */
import type { RunReport } from "../../model/report.js";
import { duration } from "../figures.js";
import { STAGE_MARKS } from "../vocabulary.js";
import { bar, chip, section } from "./parts.js";
import { html, type Html } from "./template.js";

export function stagesPart({ measured }: RunReport): Html | null {
  const { stages } = measured;
  if (stages.length === 0) return null;
  const total = stages.reduce((sum, stage) => sum + stage.durationMs, 0);
  const starts = stages.map((_, index) => stages.slice(0, index).reduce((sum, stage) => sum + stage.durationMs, 0));
  const rows = stages.map(
    (stage, index) =>
      html`<tr>
        <th scope="row">${stage.title}<span class="why">${stage.summary}</span></th>
        <td>${chip(STAGE_MARKS[stage.status])}</td>
        <td class="bars">${bar([{ from: starts[index] ?? 0, size: stage.durationMs, tone: STAGE_MARKS[stage.status].tone }], total)}</td>
        <td class="right">${duration(stage.durationMs)}</td>
      </tr> `,
  );
  return section(
    "stages",
    "Timeline",
    `${duration(total)} in all.`,
    html`<table class="timeline">
      <caption class="sr">
        Stages
      </caption>
      <thead class="sr">
        <tr>
          <th scope="col">Stage</th>
          <th scope="col">State</th>
          <th scope="col">Bar</th>
          <th scope="col">Time</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`,
  );
}
