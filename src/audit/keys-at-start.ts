/** Owns the keys that initialisers hand to functions which all flavors share: static registries of any kind. */
import type { StartUp } from "./deep/start-up.js";
import type { FlavorIndex } from "./definitions.js";
import type { Evidence } from "./evidence.js";
import type { Key } from "./keys-by-name.js";
import { placeOf } from "./places.js";
import { isPlainRuntime } from "./runtime-names.js";

/** One key for each text that reaches a function without a flavor before `main`. */
export function keysAtStart(evidence: Evidence, at: number): Key[] {
  const index = evidence.flavors[at];
  if (index === undefined) return [];
  return (evidence.startUp()[at] ?? []).flatMap((call) => {
    const registry = call.texts.length === 0 ? undefined : call.reached.find((name) => isShared(evidence, index, name));
    return registry === undefined ? [] : call.texts.flatMap((text) => keyOf(evidence, index, call, registry, text));
  });
}

/** A function that bears no flavor and is neither the runtime's nor under the shared list's word. */
function isShared({ bare, list, nameOf }: Evidence, index: FlavorIndex, symbol: string): boolean {
  if (isPlainRuntime(symbol) || bare(symbol, index.name) !== symbol) return false;
  return list.coverOf(symbol, nameOf(symbol)) !== "toolchain";
}

function keyOf({ nameOf }: Evidence, index: FlavorIndex, call: StartUp, registry: string, text: string): Key[] {
  const [place] = placeOf(index, call.object);
  if (place === undefined) return [];
  const shown = `"${text}" in ${nameOf(registry).full}`;
  return [
    {
      key: shown,
      shown,
      place,
      why: "both flavors hand this text to one function before main, in an order that nothing fixes",
      fix: "give the key another text in one flavor (the policy's `strings`), or isolate the registry with its library",
    },
  ];
}
