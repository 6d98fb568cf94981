/** Owns what the rules look at: the flavors' symbol tables, what is shared by declaration, and deeper reads made once when asked for. */
import type { DemangledName } from "../objects/demangle.js";
import { type BodySets, bodySets } from "./bodies.js";
import { type ClashCategory, clashCategory } from "./clash.js";
import { type FlavorIndex, commonNames } from "./definitions.js";
import { debugObjectsIn } from "./deep/flavor-objects.js";
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

export type EvidenceParts = Omit<Evidence, "clashes" | "bodies" | "startUp" | "layouts">;

export function gatherEvidence(parts: EvidenceParts): Evidence {
  const { flavors } = parts;
  const both = once(() => commonNames(flavors));
  const bodies = once(() => flavors.map((index) => bodySets(index, both())));
  const clashes = once(() => new Map(both().map((symbol) => [symbol, clashCategory(flavors, bodies, symbol)] as const)));
  return { ...parts, bodies, clashes, startUp: once(() => flavors.map(startUpOf)), layouts: once(() => layoutsOf(flavors)) };
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
