/** Owns the gates of a shadow run: the same counts and checksums, or near enough; latency and cost no worse; no crash. */
import type { ShadowVerdict } from "../../model/shadow.js";
import type { Metric, UseCase, UseCaseMeasurement, UseCaseResult } from "../../model/use-case.js";
import type { BothOutcome } from "../compare-both-run.js";

/** What every use case is held to in shadow, whatever its own metrics are. */
const LATENCY: Metric = costMetric("run.wallMs", "latency");
const COST: Metric = costMetric("run.cpuMs", "cost");

function costMetric(id: string, name: string): Metric {
  return { id, name, unit: "ms", direction: "lower", margin: 10, relative: true, measured: true };
}

/** The use case as it is run in shadow: outputs without a tolerance must be the same bytes, latency and cost are judged, too. */
export function withGates(useCase: UseCase): UseCase {
  const exact = useCase.outputs.map((file) => [file, { kind: "exact" as const }]);
  const own = new Set(useCase.metrics.map(({ id }) => id));
  const added = [LATENCY, COST].filter(({ id }) => !own.has(id));
  return { ...useCase, tolerance: { ...Object.fromEntries(exact), ...useCase.tolerance }, metrics: [...useCase.metrics, ...added] };
}

export interface GateResult {
  readonly verdict: ShadowVerdict;
  /** Gates that did not hold. */
  readonly reasons: readonly string[];
}

/** What a comparison of a use case with its gates comes to. */
export function heldAgainst(result: UseCaseResult, measurement: UseCaseMeasurement | undefined, both: BothOutcome | undefined): GateResult {
  if (result.verdict === "crashed") return { verdict: "crashed", reasons: [result.detail] };
  const outputs = result.compared.filter(({ status }) => status === "beyond" || status === "unreadable");
  const metrics = [...result.metrics, ...(measurement?.metrics ?? [])];
  const worse = metrics.filter(({ verdict }) => verdict === "worse");
  const open = metrics.filter(({ verdict }) => verdict === "inconclusive");
  const reasons = [
    ...outputs.map(({ file, detail }) => `${file} differs: ${detail}`),
    ...worse.map(({ name, legacy, latest, unit }) => `${name} is worse: ${figure(legacy)} → ${figure(latest)} ${unit}`),
    ...disturbances(both),
  ];
  if (reasons.length > 0) return { verdict: "worse", reasons };
  if (open.length === 0) return { verdict: "clean", reasons: [] };
  return { verdict: "unsettled", reasons: open.map(({ name }) => `${name}: these runs do not show whether it is worse`) };
}

/** Six digits: what a computed figure has beyond them says nothing. */
function figure(value: number | null): string {
  return value === null ? "–" : String(Number(value.toPrecision(6)));
}

/** What one flavor does to the other in one process, with the first place of each file. */
function disturbances(both: BothOutcome | undefined): string[] {
  if (both?.status === "crashed") return [`with both flavors in one process the run crashes: ${both.how}`];
  if (both?.status !== "differs") return [];
  const places = both.differences.map(({ flavor, file, firstByte }) => `${flavor}'s ${file} from byte ${firstByte}`);
  return [`with both flavors in one process the output is not what each writes alone: ${places.join(", ")}`];
}
