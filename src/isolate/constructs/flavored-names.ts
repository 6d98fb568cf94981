/** Owns what readers of other formats must know of the renamed names. */
import { byText } from "../../support/order.js";
import { type M4Names, spelledByM4 } from "./m4-assembler.js";

export interface FlavoredNames {
  /** Whether a global name gets the flavor. */
  readonly isGlobal: (name: string) => boolean;
  readonly isNamespace: (name: string) => boolean;
  /** Whether a macro bears this name, which is a renamed one's with an `_` before it. */
  readonly isUnderscored: (name: string) => boolean;
  /** Renamed global names that a glob matches, at most one. */
  readonly matching: (glob: RegExp) => string | undefined;
  /** Java packages that get the flavor, the longest first. */
  readonly packages: readonly string[];
  /** `_<flavor>` */
  readonly suffix: string;
  /** Those that assembler made by m4 may spell. */
  readonly spelledByM4: () => readonly string[];
  readonly madeByM4: M4Names["made"];
}

/** The names of a decision, looked up. */
export function flavoredNames(given: {
  readonly globals: readonly string[];
  readonly namespaces: readonly string[];
  readonly packages: readonly string[];
  readonly suffix: string;
  readonly m4?: M4Names | undefined;
  readonly underscored?: readonly string[];
}): FlavoredNames {
  const underscored = new Set(given.underscored);
  const globals = new Set(given.globals);
  const namespaces = new Set(given.namespaces);
  return {
    isGlobal: (name) => globals.has(name),
    isNamespace: (name) => namespaces.has(name),
    isUnderscored: (name) => underscored.has(name),
    matching: (glob) => given.globals.find((name) => glob.test(name)),
    packages: given.packages.toSorted((a, b) => b.length - a.length || byText(a, b)),
    suffix: given.suffix,
    spelledByM4: () => (given.m4 === undefined ? [] : spelledByM4(given.m4, globals)),
    madeByM4: given.m4?.made ?? [],
  };
}
