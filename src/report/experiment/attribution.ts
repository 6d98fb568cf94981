/** Owns what is known of a halt's cause as terminal text. */
import { attributionSchema } from "../../model/attribution.js";
import type { FlavorRange } from "../../model/flavor-range.js";
import type { HaltAttribution, LabAttribution, StoredAttribution } from "../../model/halt-attribution.js";
import { printable } from "../../support/style.js";
import { count, plural } from "../figures.js";
import { type Page, paragraph } from "../text/section.js";

/** Newest last. */
export function attributionLines(attributions: readonly StoredAttribution[], page: Page): string[] {
  if (attributions.length === 0) return [];
  const lines = attributions.flatMap((one) => (one.kind === "halt" ? haltLines(one, page) : labLines(one, page)));
  return [page.paint("strong", "What may lie behind the halt"), ...lines];
}

function haltLines({ metrics, between, bisect, from, to }: HaltAttribution, page: Page): string[] {
  const what = metrics.length === 0 ? "" : ` (${metrics.join(", ")})`;
  return [...rangeLines(between, `${from} → ${to}${what}`, page), ...paragraph(page, `to narrow it: ${bisect.join(" ")}`)];
}

const MOST = 8;

function rangeLines({ range, features, unknown }: FlavorRange, ends: string, page: Page): string[] {
  const commits =
    range === undefined
      ? ends
      : `${ends}: ${plural(range.commits, "commit")} of ${range.repository}, ${range.from.commit.slice(0, 12)}..${range.to.commit.slice(0, 12)}`;
  const named = features.slice(0, MOST).map(({ feature, differs }) => `${feature} (${differs})`);
  const more = features.length > MOST ? `, and ${count(features.length - MOST)} more` : "";
  return [
    ...paragraph(page, commits),
    ...(features.length === 0 ? [] : paragraph(page, `features that differ: ${named.join(", ")}${more}`)),
    ...unknown.flatMap((text) => paragraph(page, text, page.paint("warn", "≈ "))),
  ];
}

/** A bisection tells its culprits; whatever else a lab gave stays in the JSON. */
function labLines({ kind, worker, document }: LabAttribution, page: Page): string[] {
  const found = attributionSchema.safeParse(document).data;
  if (found === undefined) return paragraph(page, `${kind} by ${worker}: see --json`);
  const culprits = found.culprits.flatMap(({ suspects }) =>
    suspects.map(({ kind: what, id, title }) => `${what} ${printable(id)} ${printable(title)}`),
  );
  const text = culprits.length === 0 ? found.status : culprits.slice(0, MOST).join("; ");
  return paragraph(page, `bisect of ${found.metric} by ${worker}: ${text}`);
}
