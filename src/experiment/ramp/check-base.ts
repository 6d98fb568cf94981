/** Owns whether a base that somebody signed is one that the experiments' states allow. */
import type { BasePayload } from "../../model/seed.js";
import { type BaseFrame, type Raise, nextBase, raisesNow } from "./base-payload.js";
import { canonicalJson } from "../../support/hash.js";
import type { RampEntry } from "./entry.js";

export type BaseCheck =
  | { readonly status: "allowed"; readonly raises: readonly Raise[] }
  | { readonly status: "refused"; readonly differences: readonly string[] };

/** Use cases must be those of the proposal made now; version, times and keys are judged by who verifies the signature. */
export function checkBase(signed: BasePayload, entries: readonly RampEntry[], at: string): BaseCheck {
  const frame: BaseFrame = signed;
  const wanted = nextBase(frame, entries, at).useCases;
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(signed.useCases)])].toSorted();
  const differences = names.flatMap((name) => differenceOf(name, wanted[name], signed.useCases[name]));
  return differences.length > 0 ? { status: "refused", differences } : { status: "allowed", raises: raisesNow(entries, at) };
}

function differenceOf(name: string, wanted: unknown, signed: unknown): string[] {
  if (signed === undefined) return [`leaves out the use case ${name}`];
  if (wanted === undefined) return [`has the use case ${name}, which no experiment has`];
  return canonicalJson(wanted) === canonicalJson(signed) ? [] : [`has other arms for the use case ${name} than its experiment stands at`];
}
