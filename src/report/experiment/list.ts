/** Owns the list of experiments as terminal text. */
import type { Experiment } from "../../model/experiment.js";
import type { Ramp } from "../../model/ramp.js";
import { painter, printable } from "../../support/style.js";
import { type Column, table } from "../../support/table.js";
import type { ReportOptions } from "../options.js";
import { type Page, marked } from "../text/section.js";
import { minute, percent } from "./figures.js";
import { RAMP_MARKS } from "./marks.js";

export interface ListedExperiment {
  readonly experiment: Experiment;
  readonly ramp: Ramp;
  /** Why a raise that waits cannot be signed yet. */
  readonly blocked?: string | undefined;
}

const COLUMNS: readonly Column[] = [
  { head: "experiment", narrow: "cut", least: 14 },
  { head: "state" },
  { head: "stage", align: "right" },
  { head: "since" },
  { head: "note", narrow: "cut", least: 12 },
];

export function experimentListText(entries: readonly ListedExperiment[], options: ReportOptions): string {
  if (entries.length === 0) return "no experiments; `unfork experiment plan --to RELEASE --submit` makes them";
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(60, options.width)) };
  const rows = entries.map(({ experiment, ramp, blocked }) => [
    printable(experiment.id),
    marked(page, RAMP_MARKS[ramp.state]),
    stageText(ramp),
    sinceOf(ramp),
    noteOf({ experiment, ramp, blocked }),
  ]);
  return table(COLUMNS, rows, { width: page.width, paintHead: (text) => page.paint("muted", text) }).join("\n");
}

function stageText({ phases }: Ramp): string {
  const phase = phases.at(-1);
  return phase === undefined ? "–" : percent(phase.percent);
}

function sinceOf({ stopped, phases }: Ramp): string {
  const at = stopped?.at ?? phases.at(-1)?.began;
  return at === undefined ? "–" : minute(at);
}

/** What it waits for, or why it stopped. */
export function noteOf({ experiment, ramp, blocked }: ListedExperiment): string {
  const next = ramp.pending === undefined ? undefined : experiment.stages[ramp.pending.stage];
  if (next !== undefined && blocked !== undefined) return printable(blocked);
  if (next !== undefined) return `waits for a signature: ${percent(next.percent)}`;
  return ramp.stopped === undefined ? (experiment.aa ? "A/A" : "") : printable(ramp.stopped.reason);
}
