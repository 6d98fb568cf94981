/** Owns the audit of a port as text: patches with lost lines first to the eye, the rest in one line each. */
import type { PatchAudit } from "../model/patch-audit.js";
import { painter, printable } from "../support/style.js";

/** Findings of one patch that are shown without --verbose. */
const SHOWN = 10;

export function patchAuditText(audit: PatchAudit, { color, verbose }: { color: boolean; verbose: boolean }): string {
  const paint = painter(color);
  const { present, upstreamed, explained, lost } = audit.lines;
  const title = `${audit.patches.length} patches, ${present + upstreamed + explained + lost} lines: ${present} present, ${upstreamed} upstreamed, ${explained} explained, ${lost} lost`;
  const lines = audit.patches.flatMap((patch) => {
    const bad = patch.lines.lost > 0;
    if (!bad && !patch.waits && !verbose) return [];
    const mark = patch.waits ? paint("warn", "… waits ") : bad ? paint("bad", "✘ lost  ") : paint("good", "✔ whole ");
    const found = patch.findings.filter(({ fate }) => verbose || fate === "lost");
    const few = verbose ? found : found.slice(0, SHOWN);
    const more = found.length > few.length ? [`      and ${found.length - few.length} more: --verbose shows all`] : [];
    const rows = few.map(
      ({ file, sign, line, reason }) => `      ${printable(`${file}: ${sign}${line}`)}  ${paint("muted", printable(reason))}`,
    );
    return [`  ${mark} ${patch.patch.slice(0, 10)} ${printable(patch.subject)}`, ...rows, ...more];
  });
  return [paint("strong", title), ...lines].join("\n");
}
