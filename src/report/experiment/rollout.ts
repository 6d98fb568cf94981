/** Owns where rollouts stand, as terminal text. */
import type { Reason } from "../../model/decision.js";
import type { Stage } from "../../model/experiment.js";
import type { Ramp } from "../../model/ramp.js";
import { painter, printable } from "../../support/style.js";
import type { ReportOptions } from "../options.js";
import { type Page, marked, paragraph } from "../text/section.js";
import { minute, percent } from "./figures.js";
import { RAMP_MARKS } from "./marks.js";
import { rampLines } from "./show.js";

export interface RolloutView {
  readonly ramp: Ramp;
  readonly stages: readonly Stage[];
  readonly blocks: readonly Reason[];
  /** Version of the seed that is served; null for none. */
  readonly seed: number | null;
  /** Share of all units that this seed sends to the new flavor. */
  readonly exposedPercent: number;
}

export function rolloutText({ ramp, stages, blocks, seed, exposedPercent }: RolloutView, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(60, options.width)) };
  const served = seed === null ? "no seed is served yet" : `seed ${String(seed)} sends ${percent(exposedPercent)} to the new flavor`;
  const { pending, stopped, confirmed, state } = ramp;
  const isStopped = state === "halted" || state === "rolled-back";
  const notes = [
    ...(stopped === undefined ? [] : [`${minute(stopped.at)} UTC by ${stopped.by}: ${stopped.reason}`]),
    ...(isStopped ? [confirmed === undefined ? "not seen in exposures yet" : `seen in exposures since ${minute(confirmed)} UTC`] : []),
    ...(pending === undefined ? [] : ["a raise waits for a signature: unfork rollout sign"]),
    ...blocks.map(({ text }) => text),
  ];
  return [
    `${page.paint("strong", printable(ramp.experiment))}: ${marked(page, RAMP_MARKS[state])} · ${served}`,
    ...notes.flatMap((note) => paragraph(page, note)),
    "",
    ...rampLines(stages, ramp, page),
  ].join("\n");
}
