/** Owns what all steps of planning share: the pairs by common name, the surface, and which types have been asked for. */
import type { ApiPair } from "../../api/diff/pair.js";
import type { ApiItem } from "../../api/diff/declarations.js";
import type { DiffSide } from "../../api/diff/side.js";
import type { ApiFunction, ApiMethod } from "../../model/api-snapshot.js";
import type { ClassKind, ShimSurface } from "../../model/shim-surface.js";
import type { SideInstance } from "./instances/with-instances.js";
import type { ClassOf } from "./special-members.js";
import type { BySide, Left, SideIndex } from "./model.js";
import type { ExtentOf } from "./type-sizes.js";

export interface PlanContext {
  readonly surface: ShimSurface;
  readonly language: "c" | "c++";
  readonly flavors: readonly [string, string];
  readonly sides: readonly [DiffSide, DiffSide];
  /** Types by common name: classes, enums, typedefs. */
  readonly types: ReadonlyMap<string, ApiPair>;
  /** Words that mean something in an inner scope: a name that starts with one is written out in full. */
  readonly inner: ReadonlySet<string>;
  /** A class of either side by its name as that side spells it. */
  readonly classOf: readonly [ClassOf, ClassOf];
  /** Sizes of either side's types. */
  readonly extentOf: readonly [ExtentOf, ExtentOf];
  /** Last words of all types: no operation is called like one. */
  readonly typeWords: ReadonlySet<string>;
  readonly kindOf: (common: string) => ClassKind | undefined;
  /** Of a class by its written name in the shim; `same-enum`: an enum whose numbers are the same everywhere. */
  readonly kindOfShim: (written: string) => ClassKind | "same-enum" | "enum" | "typedef-as-is" | "typedef" | undefined;
  /** Asks for a type to be part of the shim. */
  readonly want: (common: string) => void;
  /** Types asked for meanwhile count only where the plan stands. */
  readonly tentatively: <T extends { readonly status: string }>(plan: () => T) => T;
  /** A question: types that it meets are not asked for. */
  readonly unasked: <T>(ask: () => T) => T;
  /** Whether a function that headers declare can be linked; always where no archives were given. */
  readonly isDefined: (side: SideIndex, one: ApiMethod | ApiFunction) => boolean;
  /** Whether values of a class can be copied, by its written name in the shim. */
  readonly isCopied: (written: string) => boolean;
  /** Of a class that only counts references; the shim's own takes its place. */
  readonly isCountRoot: (common: string) => boolean;
  readonly isExcluded: (common: string) => boolean;
  /** Instances of templates: what either side knows of them, by word. */
  readonly instances: readonly [ReadonlyMap<string, SideInstance>, ReadonlyMap<string, SideInstance>];
  /** Common names of templates of which the shim has an instance. */
  readonly instantiated: ReadonlySet<string>;
  readonly left: Left[];
}

/** `file:line` of either side. */
export function placesOf({ legacy, latest }: { readonly legacy: Placed | null; readonly latest: Placed | null }): BySide<string> {
  return [placeText(legacy), placeText(latest)];
}

export interface Placed {
  readonly place?: { readonly file: string; readonly line: number } | undefined;
}

function placeText(item: Placed | null): string | null {
  return item?.place === undefined ? null : `${item.place.file}:${item.place.line}`;
}

export function itemsOf({ legacy, latest }: ApiPair): BySide<ApiItem> {
  return [legacy, latest];
}

export function sideName(context: PlanContext, side: SideIndex): string {
  return context.flavors[side];
}
