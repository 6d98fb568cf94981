/** Owns what a server tells of itself as terminal text. */
import type { RampState } from "../../model/experiment.js";
import { painter, printable } from "../../support/style.js";
import { counted } from "../vocabulary.js";
import type { ReportOptions } from "../options.js";
import { type Page, paragraph } from "../text/section.js";
import { minute } from "./figures.js";
import { RAMP_MARKS } from "./marks.js";

export interface ServerStatus {
  readonly project: string;
  readonly at: string;
  readonly seed: { readonly version: number; readonly base: number; readonly expires: string; readonly expired: boolean } | null;
  readonly experiments: Readonly<Record<RampState, number>>;
  readonly waitsForSignature: readonly string[];
  readonly unconfirmed: readonly string[];
  readonly telemetry: { readonly events: number; readonly trouble?: string } | null;
}

export function statusText(status: ServerStatus, options: ReportOptions): string {
  const { project, seed, experiments, waitsForSignature, unconfirmed, telemetry } = status;
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(60, options.width)) };
  const counts = Object.entries(experiments).flatMap(([state, number]) =>
    number === 0 ? [] : [counted(number, RAMP_MARKS[state as RampState])],
  );
  const expiry =
    seed === null ? "" : seed.expired ? page.paint("bad", ` ✖ expired ${minute(seed.expires)} UTC`) : ` until ${minute(seed.expires)} UTC`;
  const served = seed === null ? "no seed yet" : `seed ${String(seed.version)} (base ${String(seed.base)})`;
  return [
    `${page.paint("strong", printable(project))}: ${served}${expiry} · ${counts.join(", ") || "no experiments"}`,
    ...(waitsForSignature.length === 0
      ? []
      : paragraph(page, `for a signature (unfork rollout sign): ${waitsForSignature.join(", ")}`, page.paint("warn", "✎ waits "))),
    ...(unconfirmed.length === 0 ? [] : paragraph(page, `in exposures yet: ${unconfirmed.join(", ")}`, page.paint("warn", "≈ not seen "))),
    ...(telemetry?.trouble === undefined ? [] : paragraph(page, `telemetry: ${printable(telemetry.trouble)}`, page.paint("bad", "✖ "))),
  ].join("\n");
}
