/** Owns the words, glyphs and tones of every state a report shows: each state has all three, never colour alone. */
import type { Severity } from "../model/audit.js";
import type { FeatureOutcome, FeatureStatus } from "../model/feature.js";
import type { PatchStatus } from "../model/patch-status.js";
import type { RunReport } from "../model/report.js";
import type { ShimItem } from "../model/shim-manifest.js";
import type { MetricResult, Verdict } from "../model/use-case.js";
import type { Tone } from "../support/style.js";
import { count, plural } from "./figures.js";

export interface Mark {
  readonly glyph: string;
  readonly word: string;
  readonly tone: Tone;
  /** The word after a number, where it is another: "2 in conflict". */
  readonly counted?: string;
}

/** "2 in conflict", "3 clean". */
export function counted(size: number, mark: Mark): string {
  return `${count(size)} ${mark.counted ?? mark.word}`;
}

export const FEATURE_MARKS: Readonly<Record<FeatureStatus, Mark>> = {
  conflict: { glyph: "✖", word: "conflict", tone: "bad", counted: "in conflict" },
  clean: { glyph: "✔", word: "clean", tone: "good" },
  auto: { glyph: "⇄", word: "auto-resolved", tone: "info" },
  upstreamed: { glyph: "↑", word: "upstreamed", tone: "muted" },
  dropped: { glyph: "⊘", word: "dropped", tone: "muted" },
};

/** " · in webrtc, libyuv"; nothing where no layers are told. */
export function inLayers({ layers = [] }: Pick<FeatureOutcome, "layers">): string {
  return layers.length === 0 ? "" : ` · in ${layers.join(", ")}`;
}

export const PATCH_MARKS: Readonly<Record<PatchStatus, Mark>> = {
  ...FEATURE_MARKS,
  auto: { glyph: "⇄", word: "auto", tone: "info" },
  empty: { glyph: "∅", word: "empty", tone: "muted" },
  cascade: { glyph: "↳", word: "cascade", tone: "warn" },
};

export const VERDICT_MARKS: Readonly<Record<Verdict | MetricResult["verdict"], Mark>> = {
  crashed: { glyph: "✖", word: "crashed", tone: "bad" },
  worse: { glyph: "▼", word: "worse", tone: "bad" },
  "no worse": { glyph: "✔", word: "no worse", tone: "good" },
  better: { glyph: "▲", word: "better", tone: "good" },
  inconclusive: { glyph: "≈", word: "inconclusive", tone: "warn" },
  "not measured": { glyph: "–", word: "not measured", tone: "muted" },
};

export const SHIM_MARKS: Readonly<Record<ShimItem["status"], Mark>> = {
  generated: { glyph: "✔", word: "generated", tone: "good" },
  "hand-written": { glyph: "✎", word: "by hand", tone: "info" },
  unsupported: { glyph: "▲", word: "unsupported", tone: "warn" },
};

const GATE_MARKS: Readonly<Record<RunReport["gate"], Mark>> = {
  passed: { glyph: "✔", word: "gate passed", tone: "good" },
  failed: { glyph: "✖", word: "gate failed", tone: "bad" },
  waiting: { glyph: "◆", word: "waits for you", tone: "warn" },
};

/** The gate's mark; where it passed and use cases are held back, it says so in the same breath. */
export function gateMark({ gate, useCases }: Pick<RunReport, "gate" | "useCases">): Mark {
  const mark = GATE_MARKS[gate];
  const held = useCases.filter((useCase) => useCase.verdict === "worse" || useCase.verdict === "crashed").length;
  return gate === "passed" && held > 0 ? { ...mark, word: `${mark.word}, ${plural(held, "use case")} held back` } : mark;
}

export type StageStatus = RunReport["measured"]["stages"][number]["status"];

export const STAGE_MARKS: Readonly<Record<StageStatus, Mark>> = {
  done: { glyph: "✔", word: "done", tone: "good" },
  skipped: { glyph: "–", word: "skipped", tone: "muted" },
  failed: { glyph: "✖", word: "failed", tone: "bad" },
  waiting: { glyph: "◆", word: "waits for you", tone: "warn" },
};

export const SEVERITY_MARKS: Readonly<Record<Severity, Mark>> = {
  error: { glyph: "✖", word: "error", tone: "bad" },
  warning: { glyph: "▲", word: "warning", tone: "warn" },
  note: { glyph: "•", word: "note", tone: "muted" },
};
