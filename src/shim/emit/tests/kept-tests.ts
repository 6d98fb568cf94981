/** Owns the generated tests of functions that a library keeps: called after the call that handed them over, released once. */
import type { CrossingType, ShimPlan, SideIndex } from "../../plan/model.js";
import { everyClass, type LibraryTypes } from "../library-types.js";

/** Of the classes that own their function; a view of one lives no longer than the call. */
const OWNS = /^(?:const )?(?:std::(?:move_only_)?function|\w+(?:::\w+)*::AnyInvocable)</;

export function keptTests(plan: ShimPlan, side: SideIndex, types: LibraryTypes): string[] {
  const known = new Set(types.list().map(({ library }) => library.join("\0")));
  const found = new Map<string, string>();
  for (const type of parameterTypes(plan)) {
    const isKept = !type.identical && OWNS.test(type.shim) && OWNS.test(type.library[side] ?? "");
    if (isKept && known.has(type.library.join("\0"))) found.set(bare(type.shim), types.of(type));
  }
  const checks = [...found].map(([shim, library]) => `  CheckKept<L, ${shim}, Plain<${library}>>("${shim}");`);
  return ["template <class L>", "void TestFunctions() {", ...checks, "}"];
}

function parameterTypes({ classes, functions }: ShimPlan): CrossingType[] {
  const methods = everyClass(classes).flatMap((one) => one.constructors.concat(one.methods));
  return [...methods, ...functions].flatMap(({ calls }) => calls.flatMap(({ parameters }) => parameters.map(({ type }) => type)));
}

function bare(type: string): string {
  return type.replace(/^const /, "").replace(/\s*&{1,2}$/, "");
}
