/** Owns the header that shows both flavors of a component to one source, and chooses between them. */
import type { FlavoredNames, InjectRequest } from "./model.js";
import { flavorDefines, flavorMacro, MARK, upper } from "./words.js";

export interface BothParts {
  /** As `<vector>` or `"base/log.h"`: read before any word is changed. */
  readonly before: readonly string[];
  /** Include guards of all headers that are read per flavor. */
  readonly guards: readonly string[];
  /** As they are included. */
  readonly headers: readonly string[];
}

export function bothHeader(request: InjectRequest, names: FlavoredNames, { before, guards, headers }: BothParts): string {
  const { component, flavors } = request;
  const guard = `${upper(component)}_BOTH_H_`;
  const macros = flavors.map(({ name }) => `defined(${flavorMacro(component, name)})`);
  return [
    `// ${component} in both flavors, for code outside of it. ${MARK}`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    `#if ${macros.join(" || ")}`,
    `#error "a source of ${component} itself has one flavor: include its own headers"`,
    "#endif",
    "",
    ...[...new Set(["<memory>", "<utility>", ...before])].map((path) => `#include ${path}`),
    "",
    ...([0, 1] as const).flatMap((side) => section(request, names, side, guards, headers)),
    ...chooser(
      component,
      flavors.map(({ name }) => name),
    ),
    `#endif  // ${guard}`,
    "",
  ].join("\n");
}

function section(
  request: InjectRequest,
  names: FlavoredNames,
  side: 0 | 1,
  guards: readonly string[],
  headers: readonly string[],
): string[] {
  const defines = flavorDefines(request, names, side);
  return [
    ...guards.map((guard) => `#undef ${guard}`),
    ...defines.map(([word, value]) => `#define ${word} ${value}`),
    ...headers.map((path) => `#include "${path}"`),
    ...defines.map(([word]) => `#undef ${word}`),
    "",
  ];
}

function chooser(component: string, [legacy, latest]: readonly string[]): string[] {
  return [
    `namespace ${component}_flavored {`,
    "",
    "// Tells a generic lambda which class it is called for: `using R = typename decltype(flavored)::type;`.",
    "template <typename T>",
    "struct Flavored {",
    "  using type = T;",
    "};",
    "",
    `// Calls \`use\` with the class of the flavor: 0 is ${legacy}, 1 is ${latest}, as in a shim's ProcessFlavor().`,
    "template <typename First, typename Second, typename Flavor, typename Use>",
    "decltype(auto) Choose(Flavor flavor, Use&& use) {",
    "  if (static_cast<int>(flavor) == 0) return std::forward<Use>(use)(Flavored<First>{});",
    "  return std::forward<Use>(use)(Flavored<Second>{});",
    "}",
    "",
    "// The flavor's class, held by a class of the application that both derive from.",
    "template <typename Interface, typename First, typename Second, typename Flavor, typename... Arguments>",
    "std::unique_ptr<Interface> Make(Flavor flavor, Arguments&&... arguments) {",
    "  if (static_cast<int>(flavor) == 0) return std::make_unique<First>(std::forward<Arguments>(arguments)...);",
    "  return std::make_unique<Second>(std::forward<Arguments>(arguments)...);",
    "}",
    "",
    `}  // namespace ${component}_flavored`,
    "",
  ];
}
