/** Owns the header that shows one flavor of a component to a source that sees that flavor of the library. */
import { basename } from "node:path";

import type { FlavoredNames, InjectRequest } from "./model.js";
import { flavorDefines, MARK, upper } from "./words.js";

export function oneFlavorHeader(request: InjectRequest, names: FlavoredNames, side: 0 | 1, headers: readonly string[]): string {
  const { component, flavors, folder } = request;
  const flavor = flavors[side].name;
  const guard = `${upper(component)}_${upper(flavor)}_H_`;
  const defines = flavorDefines(request, names, side);
  return [
    `/* ${component} of the flavor ${flavor}, for a source that sees the library of this flavor. ${MARK} */`,
    `#ifndef ${guard}`,
    `#define ${guard}`,
    "",
    ...defines.map(([word, value]) => `#define ${word} ${value}`),
    ...headers.map((path) => `#include "${basename(folder)}/${path}"`),
    ...defines.map(([word]) => `#undef ${word}`),
    "",
    `#endif  /* ${guard} */`,
    "",
  ].join("\n");
}
