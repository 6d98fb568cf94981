/** Owns which row and part of the inventory a place counts for. */
import { SITE } from "./sites.js";

/** What the part of a place depends on. */
export interface PlaceFacts {
  readonly kind: number;
  /** The name at the place. */
  readonly name: string;
  readonly namesLibrary: boolean;
  /** Scope that the place stands in. */
  readonly scope: "global" | "library" | "foreign" | "unnamed" | "std";
  /** First column, for forward declarations. */
  readonly column0: boolean;
}

/** The row and part of a place, or undefined when it concerns nobody. */
export type Sorted = readonly [row: string, part: string] | undefined;

const FIXED: ReadonlyMap<number, Sorted> = new Map<number, Sorted>([
  [SITE.pasting, ["pasting", ""]],
  [SITE.stringizing, ["stringizing", ""]],
  [SITE.friendOperator, ["lookup", "friend"]],
  [SITE.hook, ["lookup", "hook"]],
  [SITE.externC, ["extern-c", ""]],
  [SITE.cFunction, ["c-symbols", "function"]],
  [SITE.cData, ["c-symbols", "data"]],
  [SITE.cTable, ["c-symbols", "constant"]],
  [SITE.globalType, ["global-cpp", "type"]],
  [SITE.globalFunction, ["global-cpp", "function"]],
  [SITE.globalData, ["global-cpp", "data"]],
  [SITE.asmExport, ["asm", ""]],
  [SITE.jniEntry, ["jni", "entry"]],
  [SITE.jniTable, ["jni", "table"]],
  [SITE.interface, ["objective-c", "interface"]],
  [SITE.implementation, ["objective-c", "implementation"]],
  [SITE.category, ["objective-c", "category"]],
  [SITE.extension, ["objective-c", "extension"]],
  [SITE.protocol, ["objective-c", "protocol"]],
  [SITE.classForward, ["objective-c", "forward"]],
  [SITE.guard, ["guards", "macro"]],
  [SITE.pragmaOnce, ["guards", "pragma"]],
  [SITE.flag, ["flags", ""]],
  [SITE.registration, ["registrations", ""]],
  [SITE.testCase, ["tests", ""]],
  [SITE.platformIf, ["platforms", ""]],
]);

/** Sorts one place into its row. */
export function sortPlace(facts: PlaceFacts): Sorted {
  const fixed = FIXED.get(facts.kind);
  if (fixed !== undefined) return fixed;
  if (facts.namesLibrary) {
    const row = NAMING[facts.kind];
    if (row !== undefined) return row[1] === "*" ? [row[0], facts.name] : row;
  }
  switch (facts.kind) {
    case SITE.namespace:
      return ["other-namespaces", facts.name];
    case SITE.forward:
      return forward(facts);
    case SITE.freeOperator:
      return ["lookup", facts.scope === "global" ? "global" : "operator"];
    case SITE.specialisation:
      return ["specialisations", facts.scope === "std" ? "std" : facts.scope === "foreign" ? "foreign" : "library"];
    case SITE.namespacedData:
      return facts.scope === "library" ? ["writable", "namespaced"] : undefined;
    default:
      return undefined;
  }
}

/** Rows of places that name a renamed namespace; `*`: a part per namespace. */
const NAMING: Readonly<Record<number, readonly [string, string]>> = {
  [SITE.namespace]: ["namespaces", "*"],
  [SITE.use]: ["qualified-uses", "plain"],
  [SITE.globalUse]: ["qualified-uses", "global"],
  [SITE.macroUse]: ["macro-bodies", "*"],
  [SITE.usingDirective]: ["using", "directive"],
  [SITE.namespaceAlias]: ["using", "alias"],
  [SITE.usingDeclaration]: ["using", "declaration"],
};

function forward({ scope, column0 }: PlaceFacts): Sorted {
  if (scope === "global") return ["forward", column0 ? "global" : "global-indented"];
  if (scope === "unnamed") return undefined;
  return ["forward", scope === "library" ? "library" : "foreign"];
}
