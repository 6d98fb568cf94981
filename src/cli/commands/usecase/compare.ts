/** Owns `unfork usecase compare`: both flavors on each use case, and a verdict that holds for all of them together. */
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { type Command, Option } from "commander";

import type { Calibration } from "../../../model/calibration.js";
import type { UseCase } from "../../../model/use-case.js";
import { type UseCaseSubject, programOf, useCaseSubject } from "../../../pipeline/use-case-subject.js";
import { upstreamFrames } from "../../../pipeline/upstream-frames.js";
import { type ComparisonView, useCaseComparisonText } from "../../../report/use-case-comparison.js";
import { wallClockIso } from "../../../support/clock.js";
import { sha256File } from "../../../support/hash.js";
import { takeLock } from "../../../support/lock.js";
import { allowedCpus } from "../../../support/machine.js";
import { requireTools } from "../../../toolchain/find-tool.js";
import { calibrationOf } from "../../../usecases/calibration/calibrate.js";
import { calibrationFile, readCalibration, writeCalibration } from "../../../usecases/calibration/calibration-file.js";
import { noiseBeyond } from "../../../usecases/calibration/noise.js";
import { type ProfileComparison, profileUseCase } from "../../../usecases/callgrind/profile-use-case.js";
import { loadUseCases } from "../../../usecases/load-use-cases.js";
import { runLogged } from "../../../usecases/logged-runs.js";
import { noteRefusals, refusalFile } from "../../../usecases/outputs/refusals.js";
import { mapParallel } from "../../../usecases/parallel.js";
import { type UseCaseComparison, type UseCaseRequest, placesOf } from "../../../usecases/run-use-cases.js";
import { EACH_ITS_OWN } from "../../../usecases/run-pairs.js";
import { type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { type Terminal, openTerminal } from "../../terminal.js";
import { type RegisterOptions, addRunOptions, chosenUseCases, ofLegacy, positiveInteger } from "./options.js";

interface CompareOptions extends RegisterOptions {
  readonly jobs: number;
  readonly repeat?: number;
  readonly record?: string;
  readonly aa?: boolean;
  readonly callgrind?: boolean;
  readonly failOn: "worse" | "inconclusive";
}

/** The least pairs of a comparison of a release with itself, so that it knows the noise well. */
const CALIBRATION_PAIRS = 8;

export function addUseCaseCompare(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("compare")
    .description("Compare both flavors on use cases: better, no worse, worse or inconclusive, at one error rate over all of them.")
    .argument("[ids...]", "the use cases (default: those that the configuration means, else all)")
    .optionsGroup("What:")
    .option("--aa", "legacy with itself: calibrates the noise of each metric; what is called worse here is false")
    .option(
      "--callgrind",
      "count instructions under valgrind, too: the same each time, many times slower; names the functions that changed",
    )
    .optionsGroup("How:")
    .option("--jobs <n>", "use cases at once, each on a core of its own", positiveInteger, Math.min(4, availableParallelism()))
    .option("--repeat <n>", "pairs of runs at first; up to four times as many where that settles nothing", positiveInteger)
    .option("--record <file>", "the log of runs, from which a killed comparison goes on (default: runs.ndjson beside the outputs)")
    .addOption(new Option("--fail-on <verdict>", "exit 1 from this verdict on").choices(["worse", "inconclusive"]).default("worse"));
  addRunOptions(command);
  withExamples(command, [
    "unfork usecase compare",
    "unfork usecase compare laptop-call car-cabin --repeat 8",
    "unfork usecase compare laptop-call --callgrind",
    "unfork usecase compare --aa --use-cases use-cases --program build/app --json",
  ]);
  command.action(async (ids: string[], _local: unknown, self: Command) =>
    setExitCode(await compare(ids, globalsOf(self) as CompareOptions)),
  );
}

async function compare(ids: readonly string[], options: CompareOptions): Promise<number> {
  const terminal = openTerminal(options);
  const subject = await useCaseSubject(options, process.cwd());
  const all = await loadUseCases(subject.dir);
  const chosen = ids.length === 0 ? subject.meant(all) : chosenUseCases(all, ids);
  const useCases = options.aa === true ? ofLegacy(chosen) : chosen;
  if (options.callgrind === true) await requireTools(["valgrind"], "--callgrind");
  const release = await takeLock(subject.lock, "unfork usecase compare");
  const stop = showProgress(terminal, options);
  try {
    const known = await knownNoise(subject, options);
    const request = { ...requestOf(subject, useCases, options), calibration: known };
    const comparison = await loggedRuns(request, options, terminal);
    const profiles = options.callgrind === true ? await profilesOf(request, options.jobs) : [];
    const calibration = options.aa === true ? await keepNoise(comparison, request, calibrationFile(subject.out)) : undefined;
    stop();
    const excess = known === undefined ? undefined : noiseBeyond(comparison.noise, known);
    return tell({ ...comparison, profiles, calibration, excess }, options, terminal);
  } finally {
    stop();
    await release();
  }
}

function requestOf(subject: UseCaseSubject, useCases: readonly UseCase[], { jobs, repeat, aa }: CompareOptions): UseCaseRequest {
  return {
    useCases,
    program: programOf(subject),
    root: subject.root,
    inputs: subject.inputs,
    out: aa === true ? `${subject.out}.aa` : subject.out,
    repeat: repeat ?? (aa === true ? Math.max(subject.repeat, CALIBRATION_PAIRS) : subject.repeat),
    jobs,
    nameFrames: upstreamFrames(programOf(subject)),
    arms: aa === true ? { legacy: "legacy", latest: "legacy" } : EACH_ITS_OWN,
  };
}

async function loggedRuns(request: UseCaseRequest, options: CompareOptions, terminal: Terminal): Promise<UseCaseComparison> {
  const file = options.record === undefined ? join(request.out, "runs.ndjson") : resolve(options.record);
  const comparison = await runLogged(request, file, (found) =>
    terminal.message(`going on with a comparison that was cut short: ${found} runs are taken from ${file}`),
  );
  if (options.aa !== true) await noteRefusals(refusalFile(request.out), comparison.results, wallClockIso());
  return comparison;
}

async function profilesOf(request: UseCaseRequest, jobs: number): Promise<ProfileComparison[]> {
  const cpus = allowedCpus();
  const ofBoth = request.useCases.filter(({ flavors }) => flavors.legacy.runs);
  return await mapParallel(ofBoth, jobs, async (useCase, job) =>
    profileUseCase(useCase, await placesOf(request, useCase), cpus[job % cpus.length]),
  );
}

/** What a comparison of two releases goes by; one of a release with itself starts from nothing. */
async function knownNoise(subject: UseCaseSubject, { aa }: CompareOptions): Promise<Calibration | undefined> {
  return aa === true ? undefined : await readCalibration(calibrationFile(subject.out));
}

async function keepNoise(comparison: UseCaseComparison, request: UseCaseRequest, file: string): Promise<ComparisonView["calibration"]> {
  const circumstances = { when: wallClockIso(), program: await sha256File(request.program), jobs: request.jobs ?? 1 };
  const useCases = calibrationOf(comparison, circumstances);
  await writeCalibration(file, useCases);
  return { useCases, file: relative(".", file) };
}

type Told = UseCaseComparison & Pick<ComparisonView, "calibration" | "excess"> & { readonly profiles: readonly ProfileComparison[] };

function tell(told: Told, options: CompareOptions, terminal: Terminal): number {
  const arms = options.aa === true ? "legacy with itself" : "legacy with latest";
  if (options.json === true) terminal.result(JSON.stringify({ arms, ...told }, null, 2));
  else terminal.result(useCaseComparisonText({ ...told, arms }, { color: terminal.color, width: terminal.width }));
  const verdicts = [...told.measurements.map(({ verdict }) => verdict), ...told.profiles.map(({ metric }) => metric?.verdict ?? "crashed")];
  const bad = new Set<string>(["worse", "crashed", ...(options.failOn === "inconclusive" ? ["inconclusive"] : [])]);
  return verdicts.some((verdict) => bad.has(verdict)) ? EXIT.gate : EXIT.done;
}
