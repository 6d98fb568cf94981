/** Owns `unfork isolate revert`: the original bytes of an isolated tree, with the edits made since. */
import type { Command } from "commander";

import { revertTree } from "../../../isolate/journal/revert-tree.js";
import type { RevertResult } from "../../../model/isolation-revert.js";
import { canonicalJson } from "../../../support/hash.js";
import { painter, printable } from "../../../support/style.js";
import { type GlobalOptions, globalsOf, type SetExitCode, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface RevertOptions extends GlobalOptions {
  readonly out?: string;
  readonly dryRun?: boolean;
}

export function addRevert(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("revert")
    .description("Give back the original bytes of an isolated tree; edits made since isolation stay and lose the flavor.")
    .argument("<dir>", "the isolated tree, with its journal")
    .option("--out <dir>", "where the original tree goes (default: the tree itself is taken back where it stands)")
    .option("--dry-run", "tell what would come back, write nothing");
  withExamples(command, [
    "unfork isolate revert out/legacy --out original",
    "unfork isolate revert src",
    "unfork isolate revert src --dry-run --json",
  ]);
  command.action(async (dir: string, _local: unknown, self: Command) => setExitCode(await revert(dir, globalsOf(self) as RevertOptions)));
}

async function revert(dir: string, options: RevertOptions): Promise<number> {
  const terminal = openTerminal(options);
  const result = await revertTree({ source: dir, target: options.out, ...(options.dryRun === true ? { dryRun: true } : {}) });
  if (options.json === true) terminal.result(canonicalJson(result, 2));
  else terminal.result(revertText(result, { color: terminal.color, dryRun: options.dryRun === true, verbose: options.verbose === true }));
  return isWhole(result) ? EXIT.done : EXIT.gate;
}

/** Whether nothing is left to look at. */
function isWhole({ edited, left }: RevertResult): boolean {
  return left.length === 0 && edited.every(({ missing }) => missing === 0);
}

/** Lines of each list that are shown without --verbose. */
const SHOWN = 20;

export function revertText(
  result: RevertResult,
  { color, dryRun, verbose }: { color: boolean; dryRun: boolean; verbose: boolean },
): string {
  const paint = painter(color);
  const few = (title: string, lines: readonly string[]): string[] => {
    if (lines.length === 0) return [];
    const shown = verbose ? lines : lines.slice(0, SHOWN);
    const more = lines.length > shown.length ? [`    and ${lines.length - shown.length} more: --verbose shows all`] : [];
    return ["", `  ${title}`, ...shown.map((line) => `    ${printable(line)}`), ...more];
  };
  const lost = result.edited.filter(({ missing }) => missing > 0);
  return [
    `${paint("strong", printable(result.path))}: ${dryRun ? "would be" : "is"} the original tree of flavor ${result.flavor}, release ${printable(result.release)}`,
    `  ${result.exact} of ${result.files} files byte for byte, ${result.edited.length} with edits made since, ${result.added.length} new since`,
    ...few(
      "edited since, un-flavored:",
      result.edited.map(({ file, names }) => `${file}: ${names} ${names === 1 ? "name" : "names"}`),
    ),
    ...few(
      "new since, un-flavored:",
      result.added.map(({ file, names }) => `${file}: ${names} ${names === 1 ? "name" : "names"}`),
    ),
    ...few(
      "moved since:",
      result.moved.map(({ from, to }) => `${from} → ${to}`),
    ),
    ...few("deleted since, and not brought back:", result.deleted),
    ...few(
      paint("bad", "isolation changed places here that were edited or deleted since; look at them:"),
      lost.map(({ file, missing }) => `${file}: ${missing}`),
    ),
    ...few(
      paint("bad", "still flavored, not by isolation; look at them:"),
      result.left.map(({ file, line, token }) => `${file}:${line}: ${token}`),
    ),
  ].join("\n");
}
