/** Owns the words, glyphs and tones of experiments: each state has all three. */
import type { Action, MetricDecision } from "../../model/decision.js";
import type { RampState } from "../../model/experiment.js";
import type { Mark } from "../vocabulary.js";

export const RAMP_MARKS: Readonly<Record<RampState, Mark>> = {
  draft: { glyph: "·", word: "draft", tone: "muted" },
  running: { glyph: "▶", word: "running", tone: "info" },
  holding: { glyph: "‖", word: "holding", tone: "warn" },
  halted: { glyph: "■", word: "halted", tone: "bad" },
  "rolled-back": { glyph: "↩", word: "rolled back", tone: "bad" },
  promoted: { glyph: "✔", word: "promoted", tone: "good" },
  done: { glyph: "✔", word: "done", tone: "muted" },
};

export const ACTION_MARKS: Readonly<Record<Action, Mark>> = {
  halt: { glyph: "■", word: "halt", tone: "bad" },
  hold: { glyph: "‖", word: "hold", tone: "warn" },
  promote: { glyph: "▲", word: "promote", tone: "good" },
  wait: { glyph: "…", word: "wait", tone: "info" },
};

export const METRIC_MARKS: Readonly<Record<MetricDecision["verdict"], Mark>> = {
  harmed: { glyph: "▼", word: "harmed", tone: "bad" },
  "no worse": { glyph: "✔", word: "no worse", tone: "good" },
  inconclusive: { glyph: "≈", word: "inconclusive", tone: "warn" },
};
