/** Owns one item of a comparison, made of its reasons. */
import type { ApiDiffDeclaration, ApiDiffItem, ApiDiffKind, ApiDiffReason } from "../../model/api-diff.js";
import type { Known } from "./class-facts.js";
import type { TypeContext } from "./compare-types.js";
import { statusOf, workOf } from "./costs.js";
import { type OneSidedFacts, oneSided } from "./one-sided.js";

/** What the comparison of single items needs to know of all. */
export interface DiffContext extends TypeContext {
  readonly known: { readonly legacy: Known; readonly latest: Known };
  /** A name as a release spells it, without its flavor's suffix. */
  readonly plainName: { readonly legacy: (name: string) => string; readonly latest: (name: string) => string };
  /** The newer release's name of a header, by the map. */
  readonly headerOf: (file: string) => string;
}

/** What an item is of. */
export interface Subject {
  readonly kind: ApiDiffKind;
  readonly name: string;
  readonly owner: string | null;
  readonly shown: { readonly legacy: ApiDiffDeclaration | null; readonly latest: ApiDiffDeclaration | null };
}

/** Of an item that both releases have, in whatever way. */
export function both({ kind, name, owner, shown }: Subject, reasons: readonly ApiDiffReason[]): ApiDiffItem {
  return { kind, name, owner, status: statusOf(reasons), ...shown, reasons: [...reasons], work: workOf(reasons) };
}

/** Of an item that only one release has. */
export function alone({ kind, name, owner, shown }: Subject, facts: OneSidedFacts = {}): ApiDiffItem {
  const side = shown.legacy === null ? "latest" : "legacy";
  return { kind, name, owner, status: `only-${side}`, ...shown, ...oneSided(kind, side, facts) };
}
