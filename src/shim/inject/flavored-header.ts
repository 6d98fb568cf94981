/** Owns the header that is included first in every source of a component: its names and the library's get the flavor's. */
import type { FlavoredNames, InjectRequest } from "./model.js";
import { flavorDefines, flavorMacro, MARK, upper } from "./words.js";

export function flavoredHeader(request: InjectRequest, names: FlavoredNames): string {
  const { component, flavors } = request;
  const guard = `${upper(component)}_FLAVORED_H_`;
  const macros = flavors.map(({ name }) => flavorMacro(component, name));
  return [
    `/* ${component}, of one flavor: included before all else in each of its sources. ${MARK} */`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    `#if defined(${macros[0]}) == defined(${macros[1]})`,
    `#error "define ${macros[0]} or ${macros[1]}"`,
    "#endif",
    "",
    ...([0, 1] as const).flatMap((side) => section(request, names, side)),
    "",
    `#endif  /* ${guard} */`,
    "",
  ].join("\n");
}

function section(request: InjectRequest, names: FlavoredNames, side: 0 | 1): string[] {
  const [[macro] = [""], ...words] = flavorDefines(request, names, side);
  const { name } = request.flavors[side];
  return [
    `#if defined(${macro})`,
    ...words.map(([word, value]) => `#define ${word} ${value}`),
    ...names.pragmas.map((each) => `#pragma redefine_extname ${each} ${each}_${name}`),
    "#endif",
  ];
}
