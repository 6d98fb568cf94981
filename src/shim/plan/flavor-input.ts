/** Owns what a plan is made from on one side, and what can be looked up in it. */
import type { ApiFunction, ApiMethod, ApiSnapshot } from "../../model/api-snapshot.js";
import type { ShimSurface } from "../../model/shim-surface.js";
import { withWhat } from "./exceptions.js";
import { withFlatBases } from "./flatten-bases.js";
import { withImplicitConstructors } from "./implicit-constructors.js";
import { withCppNames } from "./keyword-names.js";
import type { FlavorPlan } from "./model.js";
import { withNamedMembers } from "./name-members.js";
import { withSafeBools } from "./safe-bool.js";
import type { ClassOf } from "./special-members.js";

export interface FlavorInput {
  readonly name: string;
  readonly release: string;
  readonly snapshot: ApiSnapshot;
  /** Names that the library's archives define, as the linker knows them; without them all that is declared counts as defined. */
  readonly defined?: ReadonlySet<string>;
}

/** With the members of template bases, and the constructors and `what` that nobody wrote; with `operator bool` for what stands for it. */
export function flattened(one: FlavorInput): FlavorInput {
  return {
    ...one,
    snapshot: withWhat(withImplicitConstructors(withFlatBases(withSafeBools(withNamedMembers(withCppNames(one.snapshot)))))),
  };
}

/** Finds the side's classes by their names there. */
export function classesByName({ snapshot }: FlavorInput): ClassOf {
  const found = new Map(
    snapshot.declarations.flatMap((one) =>
      one.kind === "class" && one.specialization === null ? [[one.qualifiedName, one] as const] : [],
    ),
  );
  return (name) => found.get(name);
}

export function flavorPlan({ name, release, snapshot }: FlavorInput, { includes }: ShimSurface): FlavorPlan {
  return {
    name,
    release,
    includes: [...snapshot.headers, ...(includes[name] ?? [])],
    plainC: snapshot.plainC ?? [],
    cppWords: snapshot.cppWords ?? [],
  };
}

/** Whether a declared function can be linked. Inline ones are wherever they are called; virtual ones are called through the object. */
export function isDefinedIn({ defined }: FlavorInput, one: ApiMethod | ApiFunction): boolean {
  const { mangled } = one;
  if (defined === undefined || mangled === null || mangled === "" || one.inline || one.constexpr) return true;
  if ("virtual" in one && (one.virtual || one.defaulted)) return true;
  return defined.has(mangled) || OTHER_FORMS.some(([from, to]) => defined.has(mangled.replace(from, to)));
}

/** A constructor may be there in its complete form only, or in its base form. */
const OTHER_FORMS = [
  ["C1E", "C2E"],
  ["C2E", "C1E"],
] as const;
