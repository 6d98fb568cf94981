/** Owns `unfork patch candidate`: all features of a release in one commit. */
import type { Command } from "commander";

import type { PatchCandidate } from "../../../model/patch-candidate.js";
import { candidateAlone } from "../../../patches/candidate/candidate-alone.js";
import { UnforkError } from "../../../support/errors.js";
import { canonicalJson } from "../../../support/hash.js";
import { painter, printable } from "../../../support/style.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { openTerminal } from "../../terminal.js";

interface CandidateOptions extends GlobalOptions {
  readonly repo?: string;
  readonly layers?: string;
  readonly to: string;
  readonly dryRun?: boolean;
}

export function addCandidate(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("candidate")
    .description("Merge the branches <feature>/<release> onto base/<release> into r<release>, what others build on first.")
    .option("--repo <dir>", "the repository (default: this folder)")
    .option("--layers <file>", "the layers file: r<release> in every repository, the root's with the pins of all")
    .requiredOption("--to <release>", "the release")
    .option("--dry-run", "tell what would come out, move no ref");
  withExamples(command, [
    "unfork patch candidate --repo .unfork/patches.git --to M150",
    "unfork patch candidate --to M150 --json",
    "unfork patch candidate --layers layers.yaml --to M150",
  ]);
  command.action(async (_local: unknown, self: Command) => {
    const options = globalsOf(self) as CandidateOptions;
    if (options.layers !== undefined) return setExitCode(await overLayers(options, options.layers));
    const result = await candidateAlone({ repo: options.repo ?? ".", release: options.to, dryRun: options.dryRun === true });
    const terminal = openTerminal(options);
    terminal.result(options.json === true ? canonicalJson(result, 2) : candidateText(result, terminal.color));
    setExitCode(result.clashes.length === 0 ? EXIT.done : EXIT.gate);
  });
}

async function overLayers(options: CandidateOptions, layers: string): Promise<number> {
  if (options.repo !== undefined) throw new UnforkError("usage", "--layers names the repositories itself", { hint: "leave --repo out" });
  const { candidateLayers } = await import("../../../patches/layers/candidate-layers.js");
  const { layersCandidateText } = await import("../../../report/patch-layers.js");
  const result = await candidateLayers({ layers, to: options.to, dryRun: options.dryRun === true });
  const terminal = openTerminal(options);
  terminal.result(options.json === true ? canonicalJson(result, 2) : layersCandidateText(result, terminal.color));
  return result.clashes.length === 0 ? EXIT.done : EXIT.gate;
}

function candidateText({ release, ref, commit, features, clashes }: PatchCandidate, color: boolean): string {
  const paint = painter(color);
  const inConflict = new Map(clashes.map((clash) => [clash.feature.name, clash]));
  const lines = features.flatMap(({ name, owner, dependsOn }) => {
    const clash = inConflict.get(name);
    const on = dependsOn.length === 0 ? "" : `, builds on ${dependsOn.join(", ")}`;
    if (clash === undefined) return [`  ${paint("good", "✔ merged")}   ${printable(`${name} (${owner})${on}`)}`];
    const others = clash.others.map((other) => `${other.name} (${other.owner})`).join(" and ") || "the features before it";
    return [
      `  ${paint("bad", "✘ conflict")} ${printable(`${name} (${owner}) and ${others}`)}`,
      ...clash.files.map((file) => `             ${printable(file)}`),
    ];
  });
  const where = ref === null ? `r${release} was not moved` : `${ref} is ${commit.slice(0, 10)}`;
  const merged = features.length - clashes.length;
  return [paint("strong", `r${release}: ${merged} of ${features.length} features merged`), ...lines, `  ${where}`].join("\n");
}
