/** Owns the keys that initialisers hand to functions which all flavors share: static registries of any kind. */
import type { StartUp } from "./deep/start-up.js";
import type { FlavorIndex } from "./definitions.js";
import type { Evidence } from "./evidence.js";
import type { Key } from "./keys-by-name.js";
import { placeOf } from "./places.js";
import { isPlainRuntime } from "./runtime-names.js";
import { keysAmong, saysRegistering, takesTexts } from "./texts-handed-on.js";

/** One key for each text that reaches a function without a flavor before `main`. */
export function keysAtStart(evidence: Evidence, at: number): Key[] {
  const index = evidence.flavors[at];
  if (index === undefined) return [];
  return (evidence.startUp()[at] ?? []).flatMap((call) => {
    const keys = keysAmong(call.texts);
    const registry = keys.length === 0 ? undefined : call.reached.find((name) => isShared(evidence, index, name));
    return registry === undefined ? [] : keys.flatMap((text) => keyOf(evidence, index, call, registry, text));
  });
}

/** What registers flags: these are told by their variables. */
const OF_FLAGS = /^(?:google|gflags|absl)::(?:\w+::)*(?:RegisterFlag|Flag\w*)/;

/**
 * A function outside of the flavor that is neither the runtime's nor under the shared list's word. What the flavor defines
 * itself is no registry of both: where both define it, that is a clash, and isolation parts them.
 */
function isShared({ bare, list, nameOf }: Evidence, index: FlavorIndex, symbol: string): boolean {
  if (index.definitions.has(symbol) || isPlainRuntime(symbol) || bare(symbol, index.name) !== symbol) return false;
  const name = nameOf(symbol);
  if (OF_FLAGS.test(name.plain)) return false;
  return takesTexts(symbol, name) && saysRegistering(name.plain) !== undefined && list.coverOf(symbol, name) !== "toolchain";
}

function keyOf({ nameOf }: Evidence, index: FlavorIndex, call: StartUp, registry: string, text: string): Key[] {
  const [place] = placeOf(index, call.object);
  if (place === undefined) return [];
  const { full, plain } = nameOf(registry);
  const shown = `"${text}" in ${full}`;
  return [
    {
      key: shown,
      shown,
      place,
      ...(saysRegistering(plain) ? {} : { severity: "warning" }),
      why: "both flavors hand this text to one function before main, in an order that nothing fixes",
      fix: "give the key another text in one flavor (the policy's `strings`), or isolate the registry with its library",
    },
  ];
}
