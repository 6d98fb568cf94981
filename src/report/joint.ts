/** Owns the sentence about both flavors alive in one process. */
import type { RunReport } from "../model/report.js";

export interface JointSentence {
  readonly ok: boolean;
  readonly glyph: string;
  readonly text: string;
}

/** "Both flavors in one process: 6 of 6 use cases write the same bytes as alone", with those that do not; null when none was run. */
export function jointSentence({ joint }: Pick<RunReport, "joint">): JointSentence | null {
  if (joint.length === 0) return null;
  const disturbed = joint.filter((result) => result.status !== "equal");
  const places = disturbed.map((result) => `${result.id} ${result.status} (${result.detail})`);
  const equal = `Both flavors in one process: ${joint.length - disturbed.length} of ${joint.length} use cases write the same bytes as alone`;
  return { ok: disturbed.length === 0, glyph: disturbed.length === 0 ? "✔" : "✖", text: [equal, ...places].join("; ") };
}
