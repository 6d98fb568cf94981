/** Owns the halt beside a base: which use cases lose their treatment. It can only take away. */
import type { BasePayload, Cap, HaltPayload } from "../../model/seed.js";
import { type RampEntry, isStopped } from "./entry.js";

export interface HaltRequest {
  readonly base: BasePayload;
  /** SHA-256 of the base's payload bytes, in hexadecimal. */
  readonly baseDigest: string;
  /** Above that of the base and of every halt before. */
  readonly version: number;
  readonly issued: string;
  readonly entries: readonly RampEntry[];
  /** The caps of the halt before on the same base: none is raised again. */
  readonly before?: Readonly<Record<string, Cap>> | undefined;
}

/** Use cases of the base whose experiment was stopped since, with cap 0. */
export function capsOf(base: BasePayload, entries: readonly RampEntry[]): Record<string, Cap> {
  const caps = Object.entries(base.useCases).flatMap(([useCase, { experiment, arms }]) => {
    const entry = entries.find((one) => one.experiment.id === experiment);
    const treated = arms.some(({ arm, from, to }) => arm === "treatment" && from < to);
    if (entry === undefined || !treated || !isStopped(entry)) return [];
    const reason = entry.ramp.stopped?.reason.slice(0, LONGEST_REASON);
    return [[useCase, { cap: 0, ...(reason === undefined ? {} : { reason }) }] as const];
  });
  return Object.fromEntries(caps.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const LONGEST_REASON = 200;

/** The halt to publish, or undefined when the one before says all of it. */
export function nextHalt({ base, baseDigest, version, issued, entries, before = {} }: HaltRequest): HaltPayload | undefined {
  const caps = capsOf(base, entries);
  const isNew = Object.keys(caps).some((useCase) => before[useCase]?.cap !== 0);
  if (!isNew) return undefined;
  return { project: base.project, version, baseVersion: base.version, baseDigest, issued, caps: { ...before, ...caps } };
}
