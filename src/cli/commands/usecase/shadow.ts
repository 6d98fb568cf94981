/** Owns `unfork usecase shadow`: latest beside legacy, or in reverse, with gates, examples of differences, and moves by rule. */
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import type { Command } from "commander";

import { upstreamFrames } from "../../../pipeline/upstream-frames.js";
import { programOf, useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { shadowText } from "../../../report/use-case-shadow.js";
import { wallClockIso } from "../../../support/clock.js";
import { takeLock } from "../../../support/lock.js";
import { calibrationFile, readCalibration } from "../../../usecases/calibration/calibration-file.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { refusalFile } from "../../../usecases/outputs/refusals.js";
import { historyFile, recordAndMove } from "../../../usecases/shadow/move-stages.js";
import { type ShadowOutcome, shadowRun } from "../../../usecases/shadow/shadow-run.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRunOptions, chosenUseCases, ofLegacy, positiveInteger } from "./options.js";

interface ShadowOptions extends RegisterOptions {
  readonly reverse?: boolean;
  readonly jobs: number;
  readonly repeat?: number;
}

export function addUseCaseShadow(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("shadow")
    .description("Run latest in legacy's shadow: compared, thrown away, and by the configuration's rules moved to another stage.")
    .argument("[ids...]", "the use cases (default: all)")
    .option("--reverse", "legacy runs in latest's shadow: latest's outputs are kept where they passed")
    .option("--jobs <n>", "use cases at once, each on a core of its own", positiveInteger, Math.min(4, availableParallelism()))
    .option("--repeat <n>", "pairs of runs at first; up to four times as many where that settles nothing", positiveInteger);
  addRunOptions(command);
  withExamples(command, ["unfork usecase shadow", "unfork usecase shadow laptop-call --reverse --json"]);
  command.action(async (ids: string[], _local: unknown, self: Command) => setExitCode(await shadow(ids, globalsOf(self) as ShadowOptions)));
}

async function shadow(ids: readonly string[], options: ShadowOptions): Promise<number> {
  const terminal = openTerminal(options);
  const subject = await useCaseSubject(options, process.cwd());
  const all = await loadUseCases(subject.dir);
  const useCases = ofLegacy(ids.length === 0 ? subject.meant(all) : chosenUseCases(all, ids));
  const release = await takeLock(subject.lock, "unfork usecase shadow");
  const stop = showProgress(terminal, options);
  try {
    const { jobs, reverse = false } = options;
    const outcomes = await shadowRun({
      useCases,
      jobs,
      reverse,
      program: programOf(subject),
      root: subject.root,
      inputs: subject.inputs,
      out: `${subject.out}.shadow`,
      repeat: options.repeat ?? subject.repeat,
      calibration: await readCalibration(calibrationFile(subject.out)),
      nameFrames: upstreamFrames(programOf(subject)),
      refusals: refusalFile(subject.out),
      when: wallClockIso(),
    });
    const entries = outcomes.map(({ entry }) => entry);
    const moves = await recordAndMove(subject.dir, historyFile(subject.out), entries, subject.rules);
    stop();
    const view = outcomes.map(viewOf);
    if (options.json === true) terminal.result(JSON.stringify({ reverse, useCases: view, moves }, null, 2));
    else terminal.result(shadowText({ reverse, useCases: view, moves }, { color: terminal.color, width: terminal.width }));
    return entries.some(({ verdict }) => verdict === "worse" || verdict === "crashed") ? EXIT.gate : EXIT.done;
  } finally {
    stop();
    await release();
  }
}

function viewOf({ entry, kept, folder, examples, result }: ShadowOutcome) {
  const differences = join(folder, "../differences");
  return {
    id: entry.useCase,
    verdict: entry.verdict,
    reasons: entry.reasons,
    equal: result.compared.filter(({ status }) => status === "equal").length,
    within: result.compared.filter(({ status }) => status === "within").length,
    outputs: result.compared.length,
    kept,
    folder: relative(".", folder),
    examples: examples.map(({ file, where, context, svg }) => {
      return { file, where, context, plot: svg === undefined ? null : relative(".", join(differences, `${file}.svg`)) };
    }),
  };
}
