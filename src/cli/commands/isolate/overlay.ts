/** Owns `unfork isolate <tree> --mode overlay`: a header and flags instead of a rewritten tree. */
import { overlayTree } from "../../../isolate/overlay/overlay-tree.js";
import type { IsolationPlan } from "../../../model/isolation.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import type { GlobalOptions } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import type { Terminal } from "../../terminal.js";
import { overlayText } from "./overlay-text.js";

export interface OverlayOptions extends GlobalOptions {
  readonly out?: string;
  readonly inPlace?: boolean;
  readonly dryRun?: boolean;
  readonly jobs?: number;
}

/** What is isolated. */
export interface OverlayInput {
  readonly tree: string;
  readonly flavor: string;
  readonly release: string;
  readonly plan: IsolationPlan;
}

/** Writes and tells the overlay; gives the exit code: 1 when names keep their symbols or tokens are undecided. */
export async function isolateByOverlay(input: OverlayInput, options: OverlayOptions, terminal: Terminal): Promise<number> {
  if (options.inPlace === true)
    throw new UnforkError("usage", "--mode overlay changes no sources: --in-place means nothing with it", {
      hint: "say with --out DIR where header and flags go",
    });
  if (options.out === undefined && options.dryRun !== true)
    throw new UnforkError("usage", "--out is missing", { hint: "say with --out DIR where header and flags go, or give --dry-run" });
  const { tree, ...rest } = input;
  const report = await overlayTree({
    ...rest,
    source: tree,
    target: options.out ?? `${tree}_${input.flavor}`,
    dryRun: options.dryRun === true,
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
  });
  const shown = { color: terminal.color, width: terminal.width, all: options.verbose === true };
  terminal.result(options.json === true ? canonicalJson(report, 2) : overlayText(report, shown));
  return report.limits.some(({ kind }) => kind === "kept" || kind === "undecided") ? EXIT.gate : EXIT.done;
}
