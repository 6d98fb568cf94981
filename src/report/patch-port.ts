/** Owns a port of patches as text: one line per patch, and what to do next. */
import type { PatchOutcome, PatchPort } from "../model/patch.js";
import { PATCH_STATUSES } from "../model/patch-status.js";
import { painter, printable } from "../support/style.js";
import { PATCH_MARKS } from "./vocabulary.js";

/** Lines for a terminal. `verbose` also tells the evidence of patches that need nobody. */
export function portText(port: PatchPort, { color, verbose, place = "" }: { color: boolean; verbose: boolean; place?: string }): string {
  const paint = painter(color);
  const lines = port.patches.flatMap((patch) => {
    const { glyph, word, tone } = PATCH_MARKS[patch.status];
    const head = `  ${paint(tone, `${glyph} ${word.padEnd(10)}`)} ${patch.patch.slice(0, 10)} ${printable(patch.subject)}`;
    return [head, ...detailsOf(patch, verbose).map((line) => `               ${paint("muted", printable(line))}`)];
  });
  const counts = PATCH_STATUSES.filter((status) => port.summary[status] > 0).map((status) => `${port.summary[status]} ${status}`);
  const where = port.ref === null ? "nothing was written (--dry-run)" : `${port.ref} is ${port.commit.slice(0, 10)}`;
  const title = `${port.patches.length} ${port.patches.length === 1 ? "patch" : "patches"} onto ${port.onto.slice(0, 10)}: ${counts.join(", ") || "none"}`;
  return [paint("strong", title), ...lines, `  ${where}`, ...nextOf(port, place)].join("\n");
}

/** `place`: the options that name the repository and the port. */
function nextOf({ ref, summary }: PatchPort, place: string): string[] {
  if (ref === null || summary.conflict + summary.cascade === 0) return [];
  return [`  next: unfork patch edit${place}, then unfork patch continue${place}`];
}

function detailsOf(patch: PatchOutcome, verbose: boolean): string[] {
  const needsSomebody = patch.status === "conflict" || patch.status === "cascade";
  const root = patch.root === null ? [] : [`settles itself, or shows what is left, once ${patch.root.slice(0, 10)} is settled`];
  const culprits = patch.culprits.map(
    (one) => `${one.file}: since upstream's ${one.upstreamCommit.slice(0, 10)} (${one.date}) ${one.subject}`,
  );
  return [...root, ...culprits, ...(needsSomebody || verbose ? patch.evidence : [])];
}
