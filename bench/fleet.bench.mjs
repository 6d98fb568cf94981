/**
 * Whole campaigns through the decisions that the server takes, on simulated fleets: false halts under one budget, harm found under it, doubtful
 * data seen, estimates over a ramp. Seeded; RUNS (2000) campaigns each.
 */
import { availableParallelism } from "node:os";

import { DEFAULT_METRICS, defaultUseCases, scenarioOf } from "../dist/experiment/simulate/default-scenario.js";
import { simulate } from "../dist/experiment/simulate/simulate.js";

const runs = Number(process.env.RUNS ?? 2000);
const jobs = availableParallelism();
/** One stage that is never left: every day's look may halt, as in the longest part of a ramp. */
const watched = [{ percent: 50, minExposures: 10_000_000, minHours: 24 }];
/** The hardest case for false halts: no harm is tolerated, and there is none. */
const strict = DEFAULT_METRICS.map(({ metric, truth }) => ({ metric: { ...metric, margin: 0 }, truth }));
const wanted = process.argv.slice(2);

async function measure(name, scenario, tell, coverage = false) {
  if (wanted.length > 0 && !wanted.includes(name)) return;
  const began = performance.now();
  const result = await simulate(scenarioOf(scenario), { jobs, coverage });
  console.log(`\n## ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)\n`);
  for (const line of tell(result)) console.log(line);
}

function percent(value) {
  return `${(100 * value).toFixed(2)} %`;
}

function rate({ count, of, rate: share, band }) {
  return `${count} of ${of}: ${percent(share)} (95 %: ${percent(band[0])} to ${percent(band[1])})`;
}

await measure(
  "false-halts",
  { runs, stages: watched, fleet: { unitsPerDay: 400 }, useCases: [{ name: "call", count: 54, metrics: strict }] },
  ({ anyFalseHalt, outcomes: [sound], tests }) => [
    `54 use cases x 5 metrics (${tests} tests) with margins of 0, 30 daily looks, 200 new units a day and arm; campaigns with any false halt: ${rate(anyFalseHalt)}`,
    `held for sizes or silence of the arms, of all use cases: ${rate(sound.held)}`,
    ...sound.metrics.map(({ metric, haltedBy }) => `  ${metric}: ${rate(haltedBy)}`),
  ],
);

await measure(
  "harm-found",
  {
    runs: Math.ceil(runs / 4),
    days: 60,
    stages: watched,
    fleet: { unitsPerDay: 1000, churn: 1 },
    useCases: defaultUseCases({ useCases: 54, harmed: 1, effects: { crash: { times: 2 } } }),
  },
  ({ outcomes: [, harmed] }) => [
    `crashes doubled from 0.3 % in one of 54 use cases, 500 new units a day and arm, a look a day: halted ${rate(harmed.halted)}`,
    `units per arm at the halt, median ${harmed.unitsPerArmToHalt?.median.toFixed(0)} (95 %: ${harmed.unitsPerArmToHalt?.band.map((each) => each.toFixed(0)).join(" to ")})`,
  ],
);

await measure(
  "ramp",
  {
    runs,
    days: 14,
    stages: [
      { percent: 1, minExposures: 200, minHours: 24, marginFactor: 10 },
      { percent: 5, minExposures: 800, minHours: 24, marginFactor: 5 },
      { percent: 25, minExposures: 3000, minHours: 24, marginFactor: 2 },
      { percent: 50, minExposures: 10_000_000, minHours: 24 },
    ],
    fleet: { unitsPerDay: 10_000, drift: 0.5 },
    useCases: [
      {
        name: "call",
        metrics: [
          { metric: { name: "join-time", kind: "mean", margin: 20 }, truth: { mean: 400, spread: 0.6, effect: { add: 8 } } },
          { metric: { name: "frozen-share", kind: "ratio", margin: 0.02 }, truth: { mean: 0.05, spread: 1, effect: { add: 0.002 } } },
        ],
      },
    ],
  },
  ({ outcomes: [call] }) =>
    call.metrics.map(
      ({ metric, truth, estimate, error, covered }) =>
        `${metric}: true effect ${truth}, mean estimate ${estimate.toPrecision(4)} ± ${error.toPrecision(2)}; held at every look: ${rate(covered)}`,
    ),
  true,
);

await measure(
  "lost-exposures",
  {
    runs: Math.ceil(runs / 4),
    days: 20,
    stages: watched,
    fleet: { unitsPerDay: 2000, lostExposures: { treatment: 0.1, control: 0 } },
    useCases: [{ name: "call", metrics: [...DEFAULT_METRICS] }],
  },
  ({ outcomes: [call] }) => [`one exposure in ten of the new flavor never arrives, 1,000 new units a day and arm: held ${rate(call.held)}`],
);
