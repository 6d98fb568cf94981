/** Owns the fleet that is simulated unless told otherwise: use cases with five guardrails each, some of every kind. */
import { DEFAULT_STAGES } from "../../model/experiment.js";
import { type SimulatedEffect, type Simulation, type SimulationInput, simulationSchema } from "../../model/simulation.js";

type SimulatedMetricInput = SimulationInput["useCases"][number]["metrics"][number];

/** What goes wrong in the use cases that are harmed: metric by metric. */
export type PlantedEffects = Readonly<Record<string, SimulatedEffect>>;

export interface DefaultScenario {
  readonly useCases: number;
  /** So many of them have the effects. */
  readonly harmed: number;
  readonly effects: PlantedEffects;
}

export const DEFAULT_METRICS: readonly SimulatedMetricInput[] = [
  { metric: { name: "crash", kind: "rare", margin: 0.0015 }, truth: { rate: 0.003 } },
  { metric: { name: "join-time", kind: "mean", margin: 20, role: "primary" }, truth: { mean: 400, spread: 0.6 } },
  { metric: { name: "frozen-share", kind: "ratio", margin: 0.005 }, truth: { mean: 0.05, spread: 1 } },
  { metric: { name: "cpu", kind: "mean", margin: 0.4, cuped: true, winsorize: 0.99 }, truth: { mean: 8, spread: 0.4 } },
  { metric: { name: "slow-join", kind: "quantile", q: 0.95, margin: 150 }, truth: { mean: 400, spread: 0.6 } },
];

/** `useCases` use cases, `harmed` of them with the effects. */
export function defaultUseCases({ useCases, harmed, effects }: DefaultScenario): SimulationInput["useCases"] {
  const sound = useCases - harmed;
  const bad = DEFAULT_METRICS.map((each) => {
    const effect = effects[each.metric.name];
    return effect === undefined ? each : { ...each, truth: { ...each.truth, effect } };
  });
  return [
    ...(sound > 0 ? [{ name: "sound", count: sound, metrics: [...DEFAULT_METRICS] }] : []),
    ...(harmed > 0 ? [{ name: "harmed", count: harmed, metrics: bad }] : []),
  ];
}

/** The stages that a scenario's use cases go through. */
export function stagesOf({ stages }: Simulation): Simulation["stages"] & {} {
  return stages ?? [...DEFAULT_STAGES];
}

/** @throws ZodError for what no scenario can have */
export function scenarioOf(input: SimulationInput): Simulation {
  return simulationSchema.parse(input);
}
