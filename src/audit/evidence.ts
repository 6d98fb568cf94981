/** Owns what the rules look at: the flavors' symbol tables, what is shared by declaration, and deeper reads made once when asked for. */
import type { DemangledName } from "../objects/demangle.js";
import { type BodySets, bodySets } from "./bodies.js";
import { type ClashCategory, clashCategory } from "./clash.js";
import { type FlavorIndex, commonNames } from "./definitions.js";
import { debugObjectsIn } from "./deep/flavor-objects.js";
import { writableAmong } from "./deep/writable-globals.js";
import { type StartUp, startUpOf } from "./deep/start-up.js";
import { type LayoutComparison, compareLayouts } from "./layouts.js";
import type { SharedList } from "./shared-list.js";

export interface Evidence {
  /** Two or more; one in an audit of a single flavor. */
  readonly flavors: readonly FlavorIndex[];
  /** Archives that are linked once for all flavors. */
  readonly common: FlavorIndex | undefined;
  readonly list: SharedList;
  /** The name without its flavor's suffix; the same name when it bears none. */
  readonly bare: (symbol: string, flavor: string) => string;
  readonly nameOf: (symbol: string) => DemangledName;
  /** Names that at least two flavors define, each with its clash, sorted by name. */
  readonly clashes: () => ReadonlyMap<string, ClashCategory>;
  /** The different bodies of these names, by flavor. */
  readonly bodies: () => readonly BodySets[];
  /** Of these names the weak and unique ones that are variables which can be written. */
  readonly sharedVariables: () => ReadonlySet<string>;
  /** What each flavor does before `main`. */
  readonly startUp: () => readonly (readonly StartUp[])[];
  /** The types of every two flavors, compared by their debug information. */
  readonly layouts: () => readonly FlavorLayouts[];
}

export interface FlavorLayouts {
  /** The names of the two flavors. */
  readonly one: string;
  readonly other: string;
  readonly comparison: LayoutComparison;
}

export type EvidenceParts = Omit<Evidence, "clashes" | "bodies" | "sharedVariables" | "startUp" | "layouts">;

export function gatherEvidence(parts: EvidenceParts): Evidence {
  const { flavors } = parts;
  const both = once(() => commonNames(flavors));
  const bodies = once(() => flavors.map((index) => bodySets(index, both())));
  const clashes = once(() => new Map(both().map((symbol) => [symbol, clashCategory(flavors, bodies, symbol)] as const)));
  const sharedVariables = once(() => variablesAmong(flavors, clashes()));
  const startUp = once(() => flavors.map(startUpOf));
  return { ...parts, bodies, clashes, sharedVariables, startUp, layouts: once(() => layoutsOf(flavors)) };
}

/** Clashes that may be harmless for what nobody writes to. */
const MERGED: ReadonlySet<ClashCategory> = new Set(["weak-same", "unique-clash"]);

function variablesAmong(flavors: readonly FlavorIndex[], clashes: ReadonlyMap<string, ClashCategory>): Set<string> {
  const merged = new Set([...clashes].flatMap(([name, clash]) => (MERGED.has(clash) ? [name] : [])));
  return new Set(flavors.flatMap((index) => [...writableAmong(index, merged)]));
}

function layoutsOf(flavors: readonly FlavorIndex[]): FlavorLayouts[] {
  return flavors.flatMap((one, index) =>
    flavors.slice(index + 1).map((other) => ({
      one: one.name,
      other: other.name,
      comparison: compareLayouts(
        () => debugObjectsIn(one),
        () => debugObjectsIn(other),
      ),
    })),
  );
}

/** The value of a function that is called once, when first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
