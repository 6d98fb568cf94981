/** Owns what a bisection asks for: a metric of the use case, a cost unfork measures itself, instructions, an output, or a crash. */
import type { Metric, UseCase } from "../../model/use-case.js";
import { UnforkError } from "../../support/errors.js";
import { nearest } from "../../support/nearest.js";
import type { Probe } from "./probe.js";

export interface Question {
  readonly useCase: UseCase;
  readonly probe: Probe;
  /** What it is judged by; undefined for a crash or an output. */
  readonly metric: Metric | undefined;
  readonly name: string;
  readonly unit: string;
}

export interface Asked {
  readonly metric: string;
  readonly callgrind: boolean;
  /** One function's own instructions. */
  readonly function: string | undefined;
  /** Where a comparing command runs. */
  readonly root: string;
}

export const CRASH = "crash";
const OUTPUT = "output:";
const COSTS: Readonly<Record<string, string>> = {
  "run.cpuMs": "ms",
  "run.userMs": "ms",
  "run.wallMs": "ms",
  "run.peakKiB": "KiB",
  "run.instructions": "instructions",
};
const COUNTED = "run.instructions";
/** Of counted instructions, in percent, where the use case names no margin. */
const COUNT_MARGIN = 0.5;

/** Throws `usage` for what the use case does not know. */
export function questionOf(useCase: UseCase, asked: Asked): Question {
  if (asked.callgrind || asked.function !== undefined) return countedQuestion(useCase, asked);
  if (asked.metric === CRASH) return { useCase, probe: { kind: "figure", path: "" }, metric: undefined, name: CRASH, unit: "" };
  if (asked.metric.startsWith(OUTPUT)) return outputQuestion(useCase, asked);
  const metric = useCase.metrics.find(({ id }) => id === asked.metric) ?? costMetric(asked.metric);
  if (metric === undefined) throw unknownMetric(useCase, asked.metric);
  return { useCase, probe: { kind: "figure", path: metric.id }, metric, name: metric.id, unit: metric.unit };
}

function countedQuestion(useCase: UseCase, { metric: id, function: name }: Asked): Question {
  if (id !== COUNTED)
    throw new UnforkError("usage", `callgrind counts ${COUNTED}, not ${id}`, {
      hint: `ask for ${COUNTED}, or leave --callgrind and --function out`,
    });
  const metric = useCase.metrics.find((each) => each.id === COUNTED) ?? { ...plainMetric(COUNTED, "instructions"), margin: COUNT_MARGIN };
  const shown = name === undefined ? COUNTED : `${COUNTED} of ${name}`;
  return {
    useCase,
    probe: { kind: "callgrind", function: name },
    metric: { ...metric, measured: false },
    name: shown,
    unit: "instructions",
  };
}

function outputQuestion(useCase: UseCase, { metric, root }: Asked): Question {
  const file = metric.slice(OUTPUT.length);
  if (!useCase.outputs.includes(file)) throw unknownMetric(useCase, metric);
  const tolerance = useCase.tolerance[file] ?? { kind: "exact" as const };
  const probe: Probe = { kind: "output", file, tolerance, root, seconds: useCase.timeoutSeconds };
  return { useCase, probe, metric: undefined, name: metric, unit: "beyond its tolerance" };
}

function costMetric(id: string): Metric | undefined {
  const unit = COSTS[id];
  return unit === undefined ? undefined : plainMetric(id, unit);
}

function plainMetric(id: string, unit: string): Metric {
  return { id, name: id, unit, direction: "lower", margin: 0, relative: true, measured: true };
}

function unknownMetric({ id, metrics, outputs }: UseCase, wanted: string): UnforkError {
  const known = [
    ...new Set([...metrics.map((metric) => metric.id), ...Object.keys(COSTS), CRASH, ...outputs.map((file) => `${OUTPUT}${file}`)]),
  ];
  const near = nearest(wanted, known);
  return new UnforkError("usage", `the use case ${id} has no metric '${wanted}'${near === undefined ? "" : ` (did you mean '${near}'?)`}`, {
    hint: `one of: ${known.join(", ")}`,
  });
}
