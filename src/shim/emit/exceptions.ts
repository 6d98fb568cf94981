/** Owns exceptions on their way: what a flavor's library throws becomes the shim's class, and what an application throws into it the library's. */
import { isWhat, takesText, thrownFirst } from "../plan/exceptions.js";
import type { ClassPlan, MethodPlan, ShimPlan, SideIndex } from "../plan/model.js";
import { everyClass } from "./library-types.js";

/** Whether any class of the shim is thrown. */
export function throwsAny(plan: Pick<ShimPlan, "classes">): boolean {
  return everyClass(plan.classes).some(({ thrown }) => thrown);
}

/** Declared before the templates that call them; each flavor's unit says what they do. */
export function throwDeclarations(plan: ShimPlan): string[] {
  if (!throwsAny(plan)) return [];
  return [
    "// In a handler: goes on with the exception as the other side knows it.",
    "template <class L>",
    "[[noreturn]] void ThrowToShim();",
    "template <class L>",
    "[[noreturn]] void ThrowToLibrary();",
  ];
}

/** The most derived first; what is neither's goes on as it is. */
export function throwDefinitions(plan: ShimPlan, side: SideIndex, tag: string): string[] {
  const thrown = thrownFirst(everyClass(plan.classes)).filter(({ library }) => library[side] !== null);
  if (!throwsAny(plan)) return [];
  return [
    "template <>",
    `[[noreturn]] inline void ThrowToShim<${tag}>() {`,
    ...handler(
      thrown.flatMap((one) => [
        `  } catch (const ${one.library[side]}& error) {`,
        `    throw unfork::ToShim<${tag}, ${plan.namespace}::${one.name}>(error, unfork::Lender());`,
      ]),
    ),
    "}",
    "template <>",
    `[[noreturn]] inline void ThrowToLibrary<${tag}>() {`,
    ...handler(
      thrown.flatMap((one) => [
        `  } catch (const ${plan.namespace}::${one.name}& error) {`,
        `    throw unfork::ToLibrary<${tag}, ${one.library[side]}>(error, unfork::Lender());`,
      ]),
    ),
    "}",
    "",
  ];
}

function handler(clauses: readonly string[]): string[] {
  return clauses.length === 0 ? ["  throw;"] : ["  try {", "    throw;", ...clauses, "  }"];
}

/** A function whose body may throw what the other side has to know by another name. */
export function catching(head: string, body: readonly string[], to: "Shim" | "Library", flavor: string | undefined): string[] {
  if (flavor === undefined) return [`${head} {`, ...body, "}"];
  return [`${head} try {`, ...body, "} catch (...) {", `  ThrowTo${to}<${flavor}>();`, "}"];
}

/** Whether a call of it has to be watched: neither release says that it never throws. */
export function mayThrow({ of }: Pick<MethodPlan, "of">): boolean {
  return !of.every((one) => one === null || one.noexcept);
}

/** ` : std::runtime_error(…)` of the constructor over a library object. */
export function standardBaseInit({ standardBase, methods }: ClassPlan): string {
  if (standardBase === "") return "";
  const what = methods.find((method) =>
    isWhat({ name: method.name, parameters: method.of[1]?.parameters ?? method.of[0]?.parameters ?? [] }),
  );
  const operation = what?.calls[0]?.operation;
  if (!takesText(standardBase)) return `${standardBase}(), `;
  return `${standardBase}(${operation === undefined ? '""' : `handle.self() == nullptr ? "" : handle->${operation}(handle.self())`}), `;
}
