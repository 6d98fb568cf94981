/** Owns what a signer is shown before a signature, as terminal text. */
import { painter, printable } from "../../support/style.js";
import type { ReportOptions } from "../options.js";
import { type Page, paragraph } from "../text/section.js";
import { minute, percent } from "./figures.js";

export interface ReviewView {
  readonly version: number;
  readonly expires: string;
  readonly changes: readonly { readonly useCase: string; readonly from: number; readonly to: number }[];
  readonly keysAdded: readonly string[];
  readonly keysGone: readonly string[];
  readonly revoked: readonly string[];
  readonly releases: readonly string[];
  readonly experiments: readonly string[];
  readonly redrawn: readonly string[];
  readonly jumpsFrom?: number | undefined;
  /** What the server says of each raise: who decided it, and why. */
  readonly raises: readonly { readonly useCase: string; readonly by: string; readonly reason: string; readonly override: boolean }[];
  /** Nothing that this signer knows is served: the base is shown as if all of it were new. */
  readonly first: boolean;
}

export function reviewText(view: ReviewView, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(60, options.width)) };
  const { version, expires, changes, keysAdded, keysGone, revoked, releases, experiments, redrawn, jumpsFrom, raises, first } = view;
  const others = [releases, keysAdded, keysGone, revoked, experiments, redrawn].some((list) => list.length > 0) || jumpsFrom !== undefined;
  const why = new Map(raises.map((raise) => [raise.useCase, raise]));
  return [
    page.paint("strong", `base ${String(version)}, good until ${minute(expires)} UTC`),
    ...(first ? paragraph(page, "no base is served that one of your keys has signed: all of this one counts as new") : []),
    ...changes.flatMap(({ useCase, from, to }) => {
      const raise = why.get(useCase);
      const lead = to > from ? page.paint("warn", "▲ raises ") : page.paint("good", "▼ lowers ");
      const told = raise === undefined || to < from ? "" : ` (${raise.by}${raise.override ? ", without the gate" : ""}: ${raise.reason})`;
      return paragraph(page, `${useCase}: ${percent(from)} → ${percent(to)}${told}`, lead);
    }),
    ...experiments.flatMap((text) => paragraph(page, printable(text), page.paint("info", "≠ experiment "))),
    ...releases.flatMap((text) => paragraph(page, text, page.paint("warn", "≠ release "))),
    ...keysAdded.flatMap((key) => paragraph(page, printable(key), page.paint("warn", "+ trusts "))),
    ...keysGone.flatMap((key) => paragraph(page, printable(key), page.paint("warn", "− no longer trusts "))),
    ...revoked.flatMap((id) => paragraph(page, `${id}, for good`, page.paint("warn", "✗ revokes "))),
    ...redrawn.flatMap((useCase) => paragraph(page, `${useCase}: its units are drawn anew`, page.paint("warn", "≠ arms "))),
    ...(jumpsFrom === undefined
      ? []
      : paragraph(
          page,
          `from ${String(jumpsFrom)} to ${String(version)}: devices take nothing below it any more`,
          page.paint("warn", "▲ version "),
        )),
    ...(changes.length === 0 && !others ? ["  the same as before, for a longer time"] : []),
  ].join("\n");
}
