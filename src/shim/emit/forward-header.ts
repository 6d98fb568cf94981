/** Owns the thin headers that stand where the library's stood, so that an include line keeps its path. */
import type { ShimPlan } from "../plan/model.js";

export function forwardHeader({ namespace }: Pick<ShimPlan, "namespace">, from: string): string {
  const guard = `${namespace}_${from}`.toUpperCase().replaceAll(/\W+/g, "_");
  return [
    `// In the place of ${from}. Generated.`,
    `#ifndef ${guard}_FORWARD_`,
    `#define ${guard}_FORWARD_`,
    "",
    `#include "${namespace}/${namespace}.h"`,
    "",
    `#endif  // ${guard}_FORWARD_`,
    "",
  ].join("\n");
}
