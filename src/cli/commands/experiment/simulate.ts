/** Owns `unfork experiment simulate`: a fleet with stated truths, ramped by the decisions that the server takes. */
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";

import type { SimulatedEffect, SimulationInput } from "../../../model/simulation.js";
import { emit } from "../../../support/bus.js";
import { UnforkError } from "../../../support/errors.js";
import { type GlobalOptions, type SetExitCode, globalsOf, withExamples } from "../../command.js";
import { EXIT } from "../../exit-codes.js";
import { showProgress } from "../../live.js";
import { openTerminal } from "../../terminal.js";
import { positiveInteger } from "../usecase/options.js";

interface SimulateOptions extends GlobalOptions {
  readonly scenario?: string;
  readonly useCases: number;
  readonly harmed?: number;
  readonly effect?: Readonly<Record<string, SimulatedEffect>>;
  readonly unitsPerDay?: number;
  readonly days?: number;
  readonly runs?: number;
  readonly seed?: number;
  readonly alpha?: number;
  readonly budget?: "split" | "e-bh";
  readonly jobs: number;
  readonly coverage?: boolean;
}

export function addExperimentSimulate(group: Command, setExitCode: SetExitCode): void {
  const command = group
    .command("simulate")
    .description("Ramp a simulated fleet with stated effects: false halts, power, time, and how many units the harm reaches.")
    .option("--scenario <file>", "the fleet and its truths (YAML or JSON); else use cases with five metrics each")
    .option("--use-cases <n>", "use cases that run at once", positiveInteger, 54)
    .option("--harmed <n>", "so many of them have the effects (default: 1 where there is an effect)", wholeNumber)
    .option("--effect <metric=effect>", "as crash=x2 or join-time=+30; repeatable", addEffect)
    .option("--units-per-day <n>", "new units a day and use case", positiveInteger)
    .option("--days <n>", "how long each campaign lasts", positiveInteger)
    .option("--runs <n>", "campaigns", positiveInteger)
    .option("--seed <n>", "of the random numbers", wholeNumber)
    .option("--alpha <share>", "the fleet's budget of false halts", share)
    .addOption(new Option("--budget <method>", "how it is shared out").choices(["split", "e-bh"]))
    .option("--jobs <n>", "threads", positiveInteger, availableParallelism())
    .option("--coverage", "also hold each look's intervals against the truth: takes a few times as long");
  withExamples(command, [
    "unfork experiment simulate --effect crash=x2 --units-per-day 200000 --runs 100",
    "unfork experiment simulate --use-cases 1 --effect join-time=+30 --runs 1000 --json",
    "unfork experiment simulate --scenario fleet.yaml",
  ]);
  command.action(async (_local: unknown, self: Command) => setExitCode(await run(globalsOf(self) as SimulateOptions)));
}

async function run(options: SimulateOptions): Promise<number> {
  const terminal = openTerminal(options);
  const { simulate } = await import("../../../experiment/simulate/simulate.js");
  const { scenarioOf } = await import("../../../experiment/simulate/default-scenario.js");
  const { simulationText } = await import("../../../report/simulation.js");
  const scenario = scenarioOf(withFlags(await baseScenario(options), options));
  const stop = showProgress(terminal, options);
  try {
    const result = await simulate(scenario, {
      jobs: options.jobs,
      coverage: options.coverage === true,
      progress: (done) => emit({ type: "progress", label: "campaigns", done, total: scenario.runs, unit: "steps" }),
    });
    stop();
    terminal.result(options.json === true ? JSON.stringify({ scenario, result }, null, 2) : simulationText(result, terminal));
    return EXIT.done;
  } finally {
    stop();
  }
}

async function baseScenario({ scenario, useCases, effect = {}, harmed }: SimulateOptions): Promise<SimulationInput> {
  if (scenario !== undefined) return (await import("../../../experiment/simulate/read-scenario.js")).readScenario(scenario);
  const { DEFAULT_METRICS, defaultUseCases } = await import("../../../experiment/simulate/default-scenario.js");
  const known = DEFAULT_METRICS.map(({ metric }) => metric.name);
  const unknown = Object.keys(effect).find((name) => !known.includes(name));
  if (unknown !== undefined)
    throw new UnforkError("usage", `--effect: there is no metric '${unknown}'`, { hint: `metrics: ${known.join(", ")}` });
  const bad = harmed ?? (Object.keys(effect).length > 0 ? 1 : 0);
  if (bad > useCases) throw new UnforkError("usage", `--harmed ${bad}: there are ${useCases} use cases`);
  return { useCases: defaultUseCases({ useCases, harmed: bad, effects: effect }) };
}

/** Flags prevail over the scenario. */
function withFlags(base: SimulationInput, options: SimulateOptions): SimulationInput {
  const { unitsPerDay, days, runs, seed, alpha, budget } = options;
  return {
    ...base,
    ...(days === undefined ? {} : { days }),
    ...(runs === undefined ? {} : { runs }),
    ...(seed === undefined ? {} : { seed }),
    fleet: { ...base.fleet, ...(unitsPerDay === undefined ? {} : { unitsPerDay }) },
    budget: { ...base.budget, ...(alpha === undefined ? {} : { alpha }), ...(budget === undefined ? {} : { method: budget }) },
  };
}

function addEffect(text: string, before: Readonly<Record<string, SimulatedEffect>> = {}): Record<string, SimulatedEffect> {
  const parts = /^([A-Za-z][\w.-]*)=(x|\+|-)(\d+(?:\.\d+)?)$/.exec(text);
  const [, metric = "", sign = "", size = ""] = parts ?? [];
  if (parts === null || (sign === "x" && Number(size) === 0))
    throw new InvalidArgumentError("an effect as crash=x2 or join-time=+30 is wanted");
  return { ...before, [metric]: sign === "x" ? { times: Number(size) } : { add: Number(`${sign}${size}`) } };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("a whole number from 0 is wanted");
  return Number(text);
}

function share(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value < 1)) throw new InvalidArgumentError("a share between 0 and 1 is wanted");
  return value;
}
