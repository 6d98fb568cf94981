/** Owns what a candidate's pairs of runs say: by how much its figure lies off the reference's, and how sure that is. */
import { type PairedEstimate, estimatePaired } from "../../stats/paired.js";
import { canonicalJson, sha256 } from "../../support/hash.js";
import { median } from "../verdict.js";
import type { Arm } from "./arm.js";
import { type Figure, type Probe, type Sample, samplePair } from "./probe.js";
import type { SampleLog } from "./sample-log.js";

/**
 * What of a figure counts: the number itself in its unit, the number in percent of the reference's (by logarithms, so that parts add up),
 * that there is none, or that the run crashes.
 */
export type Scale = "unit" | "percent" | "missing" | "crash";

export interface Bench {
  readonly log: SampleLog;
  readonly probe: Probe;
  /** Digest of the use case and its inputs. */
  readonly subject: string;
  readonly folder: string;
  readonly cpu: number | undefined;
  /** Whether the figure depends on the machine's day. */
  readonly measured: boolean;
  /** Of a run that crashes now and then: so many runs without a crash are trusted. */
  readonly trusted?: number;
}

export interface Pair {
  readonly reference: Arm;
  readonly candidate: Arm;
}

/** All pairs of runs so far, at least `pairs` of them, fewer where the figure turns out to be the same each time. */
export async function samplesOf(bench: Bench, pair: Pair, pairs: number, scale: Scale): Promise<readonly Sample[]> {
  const { log, probe, subject, folder, cpu } = bench;
  const key = sha256(canonicalJson({ probe, subject, reference: pair.reference.id, candidate: pair.candidate.id })).slice(0, 32);
  for (;;) {
    const known = log.of(key);
    if (isEnough(bench, known, pairs, scale)) return known;
    const candidateOnly = scale === "crash" && known.length > 0;
    await log.add(key, await samplePair(probe, pair, { folder, cpu, index: known.length, candidateOnly }));
  }
}

function isEnough(bench: Bench, known: readonly Sample[], pairs: number, scale: Scale): boolean {
  if (scale === "crash") return known.length >= (bench.trusted ?? 2) || known.some(({ candidate }) => typeof candidate === "string");
  if (known.length >= 1 && isBroken(known, scale)) return true;
  return known.length >= pairs || (!bench.measured && known.length >= 2 && areAlike(known));
}

/** One more run would not mend it: a crash is no number, nor is nothing. */
function isBroken(samples: readonly Sample[], scale: Scale): boolean {
  return samples.some(({ reference, candidate }) => [reference, candidate].some((figure) => valueOf(figure, scale) === undefined));
}

function areAlike(samples: readonly Sample[]): boolean {
  return new Set(samples.map(({ reference, candidate }) => `${reference} ${candidate}`)).size === 1;
}

/** The estimate; undefined where a figure is none on this scale. */
export function estimateOf(samples: readonly Sample[], scale: Scale): PairedEstimate | undefined {
  if (scale === "crash") return exactly(anyCrash(samples, "candidate") - anyCrash(samples, "reference"), samples.length);
  const changes = samples.map((sample) => changeOf(sample, scale));
  if (changes.length === 0 || changes.some((change) => change === undefined)) return undefined;
  return changes.length === 1 ? exactly(changes[0] ?? 0, 1) : estimatePaired(changes as number[]);
}

export function exactly(mean: number, n = 2): PairedEstimate {
  return { n, mean, standardError: 0, df: Math.max(1, n - 1) };
}

function anyCrash(samples: readonly Sample[], side: keyof Sample): number {
  return samples.some((sample) => typeof sample[side] === "string") ? 1 : 0;
}

function changeOf({ reference, candidate }: Sample, scale: Scale): number | undefined {
  const [from, to] = [valueOf(reference, scale), valueOf(candidate, scale)];
  if (from === undefined || to === undefined) return undefined;
  return scale === "percent" ? 100 * Math.log(to / from) : to - from;
}

function valueOf(figure: Figure, scale: Scale): number | undefined {
  if (scale === "crash") return typeof figure === "string" ? 1 : 0;
  if (typeof figure === "string") return undefined;
  if (scale === "missing") return figure === null ? 1 : 0;
  if (figure === null || (scale === "percent" && figure <= 0)) return undefined;
  return figure;
}

/** The middle of a side's numbers, or how it crashed. */
export function shownFigure(samples: readonly Sample[], side: keyof Sample): Figure {
  const figures = samples.map((sample) => sample[side]);
  const crash = figures.find((figure) => typeof figure === "string");
  return crash ?? median(figures.map((figure) => (typeof figure === "number" ? figure : null)));
}

/** Why there is no estimate: "crashes: signal SIGSEGV", "gives no figure". */
export function whyNone(samples: readonly Sample[]): string {
  for (const side of ["candidate", "reference"] as const) {
    const figure = shownFigure(samples, side);
    if (typeof figure === "string") return `${side === "reference" ? "the legacy flavor " : ""}crashes: ${figure}`;
    if (figure === null) return `${side === "reference" ? "the legacy flavor " : ""}gives no figure`;
  }
  return "gives no positive figure";
}
