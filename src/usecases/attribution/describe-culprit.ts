/** Owns the evidence on a place that was found: figures before and after, the change and its interval, and whether work only moved. */
import type { Change, Culprit, Suspect } from "../../model/attribution.js";
import type { UseCase } from "../../model/use-case.js";
import { type PairedEstimate, intervalOf } from "../../stats/paired.js";
import { gainOf } from "../verdict.js";
import { type FunctionChange, changedFunctions } from "../callgrind/compare-profiles.js";
import { type CostShift, type Moved, costShift } from "./cost-shift.js";
import type { Jump } from "./find-jumps.js";
import { type Figure, instructionsIn, profileOf } from "./probe.js";
import type { Question } from "./question.js";
import { type Bench, type Scale, shownFigure } from "./readings.js";
import { type Reader, type SiteAt, readSite } from "./site.js";

export interface Found {
  readonly jump: Jump;
  readonly suspects: readonly Suspect[];
  readonly notes: readonly string[];
}

export interface Around {
  readonly question: Question;
  readonly bench: Bench;
  readonly scale: Scale;
  readonly sites: SiteAt;
  readonly reader: Reader;
  readonly confidence: number;
  /** Use cases whose cost may have fallen in its place. */
  readonly others: readonly UseCase[];
}

const SHOWN_FUNCTIONS = 5;
/** In percent of the run. */
const LEAST_CHANGE = 0.05;

export async function describeCulprit({ jump, suspects, notes }: Found, around: Around): Promise<Culprit> {
  const [before, after] = [await figureAt(around, jump.from), await figureAt(around, jump.to)];
  const functions = await functionChanges(around, jump);
  const rise = typeof before === "number" && typeof after === "number" ? after - before : 0;
  const shift = rise === 0 ? undefined : costShift(rise, await elsewhere(around, jump, functions));
  return {
    status: jump.kind,
    suspects: [...suspects],
    before,
    after,
    change: changeIn(jump.change, around.scale, around.confidence),
    verdict: verdictOf(around.question, { before, after }, shift),
    movedFrom: shift === undefined ? [] : [...shift.from],
    functions: functions
      .toSorted((a, b) => Math.abs(b.percentOfRun) - Math.abs(a.percentOfRun))
      .slice(0, SHOWN_FUNCTIONS)
      .filter(({ percentOfRun }) => Math.abs(percentOfRun) >= LEAST_CHANGE)
      .map(({ name, percentOfRun }) => ({ name, percentOfRun })),
    notes: [...notes],
  };
}

/** In percent or in the unit, with the interval that holds it. */
export function changeIn(estimate: PairedEstimate, scale: Scale, confidence: number): Change {
  const shown = (value: number): number => (scale === "percent" ? 100 * Math.expm1(value / 100) : value);
  const [low, high] = intervalOf(estimate, confidence);
  return { value: shown(estimate.mean), low: shown(low), high: shown(high), relative: scale === "percent", pairs: estimate.n };
}

async function figureAt({ reader, bench }: Around, place: number): Promise<Figure> {
  return shownFigure((await reader.reading(place, bench.measured ? 3 : 2)).samples, "candidate");
}

function verdictOf(
  { metric }: Question,
  { before, after }: { readonly before: Figure; readonly after: Figure },
  shift: CostShift | undefined,
): Culprit["verdict"] {
  if (shift !== undefined) return "cost shift";
  if (typeof after === "string" || (typeof before === "number" && after === null)) return "regression";
  if (metric === undefined || typeof before !== "number" || typeof after !== "number") return "change";
  return gainOf(metric, before, after) < 0 ? "regression" : "gain";
}

/** All functions that cost more or less; none without callgrind. */
async function functionChanges({ question, bench, sites }: Around, jump: Jump): Promise<FunctionChange[]> {
  if (question.probe.kind !== "callgrind") return [];
  const profiles = [];
  for (const place of [jump.from, jump.to]) {
    const site = await sites(place);
    if (site.status === "none") return [];
    const { candidate } = await site.pair(question.useCase);
    const profile = await profileOf(candidate, `${bench.folder}.profile`, bench.cpu);
    if (typeof profile === "string") return [];
    profiles.push(profile);
  }
  const [before, after] = profiles;
  return before === undefined || after === undefined ? [] : changedFunctions(before, after, 0);
}

/** The other functions of the run, its other costs in the same unit, or the same cost of other use cases. */
async function elsewhere(around: Around, jump: Jump, functions: readonly FunctionChange[]): Promise<Moved[]> {
  const { question } = around;
  if (question.probe.kind === "callgrind" && question.probe.function !== undefined) {
    const { function: own } = question.probe;
    const isOwn = (name: string): boolean => instructionsIn({ total: 0, functions: new Map([[name, 1]]) }, own) > 0;
    return functions.filter(({ name }) => !isOwn(name)).map(({ name, legacy, latest }) => ({ name, before: legacy, after: latest }));
  }
  return [...(await otherCosts(around, jump)), ...(await otherUseCases(around, jump))];
}

async function otherCosts({ question, bench, sites }: Around, jump: Jump): Promise<Moved[]> {
  const { metric, probe, useCase } = question;
  if (metric?.direction !== "lower" || probe.kind !== "figure") return [];
  const others = useCase.metrics.filter(({ id, unit, direction }) => id !== metric.id && unit === metric.unit && direction === "lower");
  const moved: Moved[] = [];
  for (const { id, measured } of others) {
    const own: Bench = { ...bench, probe: { kind: "figure", path: id }, measured };
    moved.push(...(await movedIn({ name: id, useCase, bench: own, sites }, jump)));
  }
  return moved;
}

async function otherUseCases({ question, bench, sites, others }: Around, jump: Jump): Promise<Moved[]> {
  const { probe, metric } = question;
  if (metric?.direction !== "lower" || probe.kind === "output") return [];
  const alike = others.filter(({ metrics }) => probe.kind === "callgrind" || metrics.some(({ id }) => id === metric.id));
  const moved: Moved[] = [];
  for (const useCase of alike) {
    const own: Bench = { ...bench, subject: `${bench.subject} ${useCase.id}` };
    moved.push(...(await movedIn({ name: `${metric.id} of ${useCase.id}`, useCase, bench: own, sites }, jump)));
  }
  return moved;
}

interface Other {
  readonly name: string;
  readonly useCase: UseCase;
  readonly bench: Bench;
  readonly sites: SiteAt;
}

async function movedIn({ name, useCase, bench, sites }: Other, jump: Jump): Promise<Moved[]> {
  const figures: Figure[] = [];
  for (const place of [jump.from, jump.to]) {
    const { samples } = await readSite(await sites(place), useCase, bench, { pairs: bench.measured ? 3 : 2, scale: "unit" });
    figures.push(shownFigure(samples, "candidate"));
  }
  const [before, after] = figures;
  return typeof before === "number" && typeof after === "number" ? [{ name, before, after }] : [];
}
