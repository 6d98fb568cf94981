/** Owns the header that is included first in every source of a component: its namespace and the library's get the flavor's name. */
import type { InjectRequest } from "./model.js";
import { flavorDefines, flavorMacro, MARK, upper } from "./words.js";

export function flavoredHeader(request: InjectRequest, namespace: readonly string[]): string {
  const { component, flavors } = request;
  const guard = `${upper(component)}_FLAVORED_H_`;
  const macros = flavors.map(({ name }) => flavorMacro(component, name));
  return [
    `// ${component}, of one flavor: included before all else in each of its sources. ${MARK}`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    `#if defined(${macros[0]}) == defined(${macros[1]})`,
    `#error "define ${macros[0]} or ${macros[1]}"`,
    "#endif",
    "",
    ...flavors.flatMap(({ name }) => section(request, namespace, name)),
    "",
    `#endif  // ${guard}`,
    "",
  ].join("\n");
}

function section(request: InjectRequest, namespace: readonly string[], flavor: string): string[] {
  const [[macro] = [""], ...words] = flavorDefines(request, namespace, flavor);
  return [`#if defined(${macro})`, ...words.map(([word, value]) => `#define ${word} ${value}`), "#endif"];
}
