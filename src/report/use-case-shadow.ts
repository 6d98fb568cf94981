/** Owns shadow runs as terminal text. */
import type { ShadowVerdict } from "../model/shadow.js";
import type { StageChange } from "../model/use-case-stage.js";
import { type Tone, painter, printable } from "../support/style.js";
import { plural } from "./figures.js";
import type { ReportOptions } from "./options.js";
import { type Page, paragraph } from "./text/section.js";

export interface ShadowView {
  readonly reverse: boolean;
  readonly useCases: readonly {
    readonly id: string;
    readonly verdict: ShadowVerdict;
    readonly reasons: readonly string[];
    /** Of `outputs` compared ones: the same bytes, and near enough. */
    readonly equal: number;
    readonly within: number;
    readonly outputs: number;
    readonly kept: string;
    readonly folder: string;
    readonly examples: readonly {
      readonly file: string;
      readonly where: string;
      readonly context: readonly string[];
      readonly plot: string | null;
    }[];
  }[];
  readonly moves: readonly StageChange[];
}

const MARKS: Readonly<Record<ShadowVerdict, { readonly glyph: string; readonly tone: Tone }>> = {
  clean: { glyph: "✔", tone: "good" },
  unsettled: { glyph: "?", tone: "warn" },
  worse: { glyph: "▼", tone: "bad" },
  crashed: { glyph: "✖", tone: "bad" },
};

export function shadowText(view: ShadowView, options: ReportOptions): string {
  const page: Page = { paint: painter(options.color), width: Math.min(120, Math.max(80, options.width)) };
  const roles = view.reverse ? "legacy in latest's shadow" : "latest in legacy's shadow";
  const lines = view.useCases.flatMap((useCase) => useCaseLines(useCase, page));
  const moves = view.moves.map(
    ({ useCase, from, to, who, why }) => `${printable(useCase)}: ${from} → ${to} (${printable(who)}: ${printable(why)})`,
  );
  return [page.paint("strong", `${plural(view.useCases.length, "use case")}: ${roles}`), ...lines, ...moves].join("\n");
}

function useCaseLines(useCase: ShadowView["useCases"][number], page: Page): string[] {
  const { glyph, tone } = MARKS[useCase.verdict];
  const counts =
    useCase.outputs === 0 ? "no output is compared" : `${useCase.outputs} compared: ${useCase.equal} equal, ${useCase.within} near enough`;
  const head = `${useCase.id}: ${useCase.verdict}; ${counts}; kept: ${useCase.kept}'s, ${useCase.folder}`;
  const examples = useCase.examples.flatMap(({ file, where, context, plot }) => [
    ...paragraph(page, `${file}, first in ${where}${plot === null ? "" : ` (${plot})`}`, "", 6),
    ...context.flatMap((line) => paragraph(page, line, "", 8)),
  ]);
  return [
    ...paragraph(page, head, `${page.paint(tone, glyph)} `),
    ...useCase.reasons.flatMap((reason) => paragraph(page, reason, "", 6)),
    ...examples,
  ];
}
