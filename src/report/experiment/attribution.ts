/** Owns what is known of a halt's cause as terminal text. */
import type { HaltAttribution } from "../../model/halt-attribution.js";
import { count, plural } from "../figures.js";
import { type Page, paragraph } from "../text/section.js";

export function attributionLines({ range, features, bisect, unknown, metrics }: HaltAttribution, page: Page): string[] {
  const commits =
    range === undefined
      ? []
      : paragraph(
          page,
          `${plural(range.commits, "upstream commit")} between ${range.from.release} (${range.from.id.slice(0, 12)}) and ${range.to.release} (${range.to.id.slice(0, 12)}) of ${range.repository}`,
        );
  const likely = (range?.likely ?? []).flatMap(({ id, subject }) => paragraph(page, subject, `${id.slice(0, 12)} `, 4));
  const named = features.slice(0, MOST).map(({ feature, differs }) => `${feature} (${differs})`);
  const more = features.length > MOST ? `, and ${count(features.length - MOST)} more` : "";
  return [
    page.paint("strong", `What lies behind the harm to ${metrics.join(", ") || "it"}`),
    ...commits,
    ...likely,
    ...(features.length === 0 ? [] : paragraph(page, `features that the flavors carry differently: ${named.join(", ")}${more}`)),
    ...unknown.flatMap((text) => paragraph(page, text, page.paint("warn", "≈ "))),
    ...paragraph(
      page,
      bisect.result === undefined ? `bisect: ${bisect.status}; ${bisect.command.join(" ")}` : `bisect: ${bisect.status}: ${bisect.result}`,
    ),
  ];
}

const MOST = 8;
