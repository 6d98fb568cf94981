/** Owns one try: both flavors on one folder of inputs, and by what they differ, named by its cause. */
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type Flavor, FLAVORS } from "../../model/build.js";
import type { UseCase } from "../../model/use-case.js";
import { sha256 } from "../../support/hash.js";
import { type RunOutcome, execute } from "../execute.js";
import { compareOutput } from "../outputs/compare-output.js";
import { fillPlaceholders } from "../placeholders.js";
import { environmentOf } from "../run-pairs.js";
import { figure } from "../samples.js";
import { judgeMetric } from "../verdict.js";

/** How the flavors differ on an input. */
export interface Difference {
  readonly kind: "crash" | "output" | "metric";
  /** For people: "latest: signal SIGSEGV", "levels.csv: first in line 12: …". */
  readonly what: string;
  /** The same for inputs that show the same fault: numbers and places are left out. */
  readonly key: string;
}

export interface TryPlace {
  readonly useCase: UseCase;
  readonly program: string;
  readonly root: string;
  /** Is emptied for each try. */
  readonly out: string;
  readonly cpu: number | undefined;
}

/** Undefined when both do alike, also when both refuse the input. One process runs both where the use case names such a run. */
export async function compareFlavors(place: TryPlace, inputs: string): Promise<Difference | undefined> {
  const joint = isJoint(place.useCase) ? await jointRun(place, inputs) : undefined;
  if (joint === "alike") return undefined;
  return joint ?? (await singleRuns(place, inputs));
}

/** Every output that is compared comes out of the joint run, too. */
function isJoint({ both, tolerance }: UseCase): boolean {
  const compared = Object.keys(tolerance);
  return both !== undefined && compared.length > 0 && compared.every((file) => both.outputs.some((each) => each.file === file));
}

/** Undefined when that run ended badly: which flavor it was only single runs tell. */
async function jointRun({ useCase, program, root, out, cpu }: TryPlace, inputs: string): Promise<Difference | "alike" | undefined> {
  const { both, timeoutSeconds, environment, limits } = useCase;
  if (both === undefined) return undefined;
  await rm(out, { recursive: true, force: true });
  const outputs = both.outputs.flatMap(({ legacy, latest }) => [legacy, latest]);
  const argv = fillPlaceholders(both.run, { program, inputs, out, root });
  const outcome = await execute({ argv, cwd: root, environment, out, outputs, timeoutSeconds, limits, cpu });
  if (outcome.status === "crashed") return undefined;
  for (const each of both.outputs)
    for (const flavor of FLAVORS) {
      const target = join(out, `as-${flavor}`, each.file);
      await mkdir(dirname(target), { recursive: true });
      await rename(join(out, each[flavor]), target);
    }
  return (await outputDifference(useCase, { root, legacy: join(out, "as-legacy"), latest: join(out, "as-latest") })) ?? "alike";
}

async function singleRuns(place: TryPlace, inputs: string): Promise<Difference | undefined> {
  const { useCase, root, out } = place;
  await rm(out, { recursive: true, force: true });
  const runs = { legacy: await runOne(place, inputs, "legacy"), latest: await runOne(place, inputs, "latest") };
  const crash = crashDifference(runs.legacy, runs.latest);
  if (crash !== undefined || runs.legacy.status === "crashed" || runs.latest.status === "crashed") return crash;
  const differing = await outputDifference(useCase, { root, legacy: join(out, "legacy"), latest: join(out, "latest") });
  if (differing !== undefined || Object.keys(useCase.tolerance).length > 0) return differing;
  return metricDifference(useCase, runs.legacy, runs.latest);
}

async function runOne({ useCase, program, root, out, cpu }: TryPlace, inputs: string, flavor: Flavor): Promise<RunOutcome> {
  const folder = join(out, flavor);
  const words = [...useCase.run, ...useCase.flavors[flavor].arguments];
  const argv = fillPlaceholders(words, { program, flavor, inputs, out: folder, root });
  const { outputs, timeoutSeconds, limits } = useCase;
  return await execute({ argv, cwd: root, environment: environmentOf(useCase, flavor), out: folder, outputs, timeoutSeconds, limits, cpu });
}

const STACK = 3;

/** One flavor ended badly and the other did not, or not so. An exit code of its own is no fault: the input was refused. */
export function crashDifference(legacy: RunOutcome, latest: RunOutcome): Difference | undefined {
  const [one, other] = [endOf(legacy), endOf(latest)];
  if (one?.plain === other?.plain) return undefined;
  const [flavor, end] =
    other !== undefined && (one === undefined || one.refused) ? (["latest", other] as const) : (["legacy", one] as const);
  if (end === undefined) return undefined;
  const beside = flavor === "latest" ? one : other;
  const what = `${flavor}: ${end.how}${end.frames.length === 0 ? "" : ` in ${end.frames[0]}`}${beside === undefined ? "" : ` (the other: ${beside.how})`}`;
  return { kind: "crash", what, key: keyOf(["crash", flavor, end.plain, ...end.frames]) };
}

function endOf(outcome: RunOutcome) {
  if (outcome.status === "ok") return undefined;
  const frames = outcome.stack.slice(0, STACK).map((frame) => frame.replaceAll(/0x[0-9a-f]+|:\d+/g, ""));
  return { how: outcome.how, plain: withoutNumbers(outcome.how), frames, refused: outcome.how.startsWith("exit code") };
}

async function outputDifference(
  { tolerance, timeoutSeconds }: UseCase,
  folders: { readonly root: string; readonly legacy: string; readonly latest: string },
): Promise<Difference | undefined> {
  for (const [file, wanted] of Object.entries(tolerance)) {
    const { status, detail } = await compareOutput({ ...folders, file, timeoutSeconds }, wanted);
    if (status === "beyond" || status === "unreadable")
      return { kind: "output", what: `${file}: ${detail}`, key: keyOf(["output", file, withoutNumbers(detail.replace(/: [^:]*$/, ""))]) };
  }
  return undefined;
}

function figuresOf(outcome: RunOutcome, id: string): (number | null)[] {
  return [figure(outcome, id) ?? null];
}

function metricDifference({ metrics }: UseCase, legacy: RunOutcome, latest: RunOutcome): Difference | undefined {
  for (const metric of metrics.filter(({ measured }) => !measured)) {
    const {
      verdict,
      legacy: before,
      latest: after,
    } = judgeMetric(metric, { legacy: figuresOf(legacy, metric.id), latest: figuresOf(latest, metric.id) });
    if (verdict === "worse")
      return {
        kind: "metric",
        what: `${metric.id}: ${before} → ${after}`,
        key: keyOf(["metric", metric.id, after === null ? "none" : ""]),
      };
  }
  return undefined;
}

/** What differs from input to input of one fault: figures and places. */
function withoutNumbers(text: string): string {
  return text.replaceAll(/"[^"]*"|'[^']*'/g, "…").replaceAll(/[-−]?(?:\d[\d.,:]*(?:e[-+]?\d+)?|nan|inf)/gi, "#");
}

function keyOf(parts: readonly string[]): string {
  return sha256(parts.join("\n")).slice(0, 8);
}
