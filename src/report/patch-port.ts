/** Owns a port of patches as text: one line per patch, and what to do next. */
import type { PatchOutcome, PatchPort } from "../model/patch.js";
import type { PatchStatus } from "../model/patch-status.js";
import { type Tone, painter, printable } from "../support/style.js";

interface Look {
  readonly glyph: string;
  readonly tone: Tone;
}

const LOOKS: Readonly<Record<PatchStatus, Look>> = {
  clean: { glyph: "✔", tone: "good" },
  auto: { glyph: "⇄", tone: "info" },
  empty: { glyph: "∅", tone: "muted" },
  upstreamed: { glyph: "↑", tone: "good" },
  conflict: { glyph: "✘", tone: "bad" },
  cascade: { glyph: "↳", tone: "warn" },
};

/** Lines for a terminal. `verbose` also tells the evidence of patches that need nobody. */
export function portText(port: PatchPort, { color, verbose }: { color: boolean; verbose: boolean }): string {
  const paint = painter(color);
  const lines = port.patches.flatMap((patch) => {
    const { glyph, tone } = LOOKS[patch.status];
    const head = `  ${paint(tone, `${glyph} ${patch.status.padEnd(10)}`)} ${patch.patch.slice(0, 10)} ${printable(patch.subject)}`;
    return [head, ...detailsOf(patch, verbose).map((line) => `               ${paint("muted", printable(line))}`)];
  });
  const counts = (Object.keys(LOOKS) as PatchStatus[])
    .filter((status) => port.summary[status] > 0)
    .map((status) => `${port.summary[status]} ${status}`);
  const where = port.ref === null ? "nothing was written (--dry-run)" : `${port.ref} is ${port.commit.slice(0, 10)}`;
  const title = `${port.patches.length} ${port.patches.length === 1 ? "patch" : "patches"} onto ${port.onto.slice(0, 10)}: ${counts.join(", ") || "none"}`;
  return [paint("strong", title), ...lines, `  ${where}`].join("\n");
}

function detailsOf(patch: PatchOutcome, verbose: boolean): string[] {
  const needsSomebody = patch.status === "conflict" || patch.status === "cascade";
  const root = patch.root === null ? [] : [`settles itself, or shows what is left, once ${patch.root.slice(0, 10)} is settled`];
  const culprits = patch.culprits.map(
    (one) => `${one.file}: since upstream's ${one.upstreamCommit.slice(0, 10)} (${one.date}) ${one.subject}`,
  );
  return [...root, ...culprits, ...(needsSomebody || verbose ? patch.evidence : [])];
}
