/** Owns the summary cards: five figures that say how the upgrade stands. */
import type { RunReport } from "../../model/report.js";
import type { Tone } from "../../support/style.js";
import { byteDelta, bytes, count, duration } from "../figures.js";
import { FEATURE_ORDER, VERDICT_ORDER, groupSizes } from "../order.js";
import { FEATURE_MARKS, VERDICT_MARKS, counted, type Mark } from "../vocabulary.js";
import { html, type Html } from "./template.js";

export function cards(report: RunReport): Html {
  return html`<div class="cards">${[featuresCard, useCasesCard, clashesCard, sizeCard, timeCard].map((card) => card(report))}</div>`;
}

interface Card {
  readonly href: string;
  readonly label: string;
  readonly tone: Tone;
  readonly value: string;
  readonly note: string;
  readonly strip?: readonly Mark[];
}

function cardOf(card: Card): Html {
  return html`<a class="card ${card.tone}" href="#${card.href}"
    ><span class="label">${card.label}</span><span class="value">${card.value}</span><span class="note">${card.note}</span>${
      card.strip === undefined ? null : strip(card.strip)
    }</a
  >`;
}

/** Glyphs in a row; the note says the same in words. */
function strip(marks: readonly Mark[]): Html {
  return html`<span class="strip" aria-hidden="true"
    >${marks.slice(0, 60).map((mark) => html`<span class="cell ${mark.tone}" title="${mark.word}">${mark.glyph}</span>`)}</span
  >`;
}

function featuresCard({ features }: RunReport): Html | null {
  if (features.length === 0) return null;
  const groups = groupSizes(FEATURE_ORDER, features, (feature) => feature.status);
  const open = features.filter((feature) => feature.status === "conflict").length;
  return cardOf({
    href: "features",
    label: "Features ready",
    tone: open === 0 ? "good" : "bad",
    value: `${features.length - open} of ${features.length}`,
    note: groups.map(({ key, size }) => counted(size, FEATURE_MARKS[key])).join(", "),
    strip: groups.flatMap(({ key, size }) => Array.from({ length: size }, () => FEATURE_MARKS[key])),
  });
}

function useCasesCard({ useCases }: RunReport): Html | null {
  if (useCases.length === 0) return null;
  const groups = groupSizes(VERDICT_ORDER, useCases, (useCase) => useCase.verdict);
  const bad = useCases.filter(({ verdict }) => verdict === "crashed" || verdict === "worse").length;
  return cardOf({
    href: "use-cases",
    label: "Use cases no worse",
    tone: bad === 0 ? "good" : "bad",
    value: `${useCases.length - bad} of ${useCases.length}`,
    note: groups.map(({ key, size }) => counted(size, VERDICT_MARKS[key])).join(", "),
    strip: groups.flatMap(({ key, size }) => Array.from({ length: size }, () => VERDICT_MARKS[key])),
  });
}

function clashesCard({ audit }: RunReport): Html | null {
  if (audit === null) return null;
  return cardOf({
    href: "audit",
    label: "Names that clash",
    tone: audit.clashes === 0 ? "good" : "bad",
    value: count(audit.clashes),
    note: `${audit.clashes === 0 ? "✔ none left of" : "✖ still, of"} ${count(audit.clashesBefore)} before isolation`,
  });
}

function sizeCard({ sizes }: RunReport): Html | null {
  const dual = sizes.find((size) => size.mode === "dual");
  const legacy = sizes.find((size) => size.mode === "legacy");
  if (dual === undefined || legacy === undefined) return null;
  const gzip = byteDelta(legacy.gzip, dual.gzip);
  return cardOf({
    href: "sizes",
    label: "Cost of both in one program",
    tone: "info",
    value: byteDelta(legacy.stripped, dual.stripped).absolute,
    note: `stripped, ${bytes(dual.stripped)} in all; ${gzip.absolute} gzipped`,
  });
}

function timeCard({ measured }: RunReport): Html | null {
  if (measured.stages.length === 0) return null;
  const total = measured.stages.reduce((sum, stage) => sum + stage.durationMs, 0);
  const longest = measured.stages.toSorted((a, b) => b.durationMs - a.durationMs)[0];
  return cardOf({
    href: "stages",
    label: "Time",
    tone: "muted",
    value: duration(total),
    note: longest === undefined ? "" : `longest: ${longest.id}, ${duration(longest.durationMs)}`,
  });
}
