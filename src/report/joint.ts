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
  const others = joint.filter((result) => result.status !== "equal");
  const places = others.map((result) => `${result.id} ${result.status} (${result.detail})`);
  const equal = `Both flavors in one process: ${joint.length - others.length} of ${joint.length} use cases write the same bytes as alone`;
  const ok = others.every((result) => result.status === "refused");
  return { ok, glyph: ok ? "✔" : "✖", text: [equal, ...places].join("; ") };
}
