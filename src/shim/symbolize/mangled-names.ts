/** Owns the way from a mangled name of a flavor to upstream's mangled name. */
import { demangle } from "../../objects/demangle/demangle.js";
import { unflavorFor } from "../../tokens/unflavor.js";
import { groupBy } from "../../support/group-by.js";
import { fromBytes, toBytes } from "./byte-text.js";
import { type FlavorWords, upstreamWord } from "./flavor-words.js";
import { flavorWords } from "./plain-names.js";

export interface UpstreamName {
  readonly name: string;
  readonly demangled: string;
  readonly flavors: readonly string[];
}

/**
 * `mangled` is text of bytes. Undefined where the name has none of a flavor's: which of its words count is decided by the demangled text, so that a namespace
 * inside of another one, or a function that merely ends so, stays.
 */
export function upstreamMangled(mangled: string, flavors: readonly FlavorWords[]): UpstreamName | undefined {
  const before = demangle(fromBytes(mangled));
  if (before.status !== "demangled") return undefined;
  const byFlavor = groupBy(flavorWords(before.full, flavors), ({ flavor }) => flavor);
  if (byFlavor.size === 0) return undefined;
  let name = mangled;
  for (const [flavor, words] of byFlavor) {
    const renamed = words.map(({ word }) => ({ from: toBytes(upstreamWord(word, flavor)), to: toBytes(word) }));
    name = unflavorFor(flavor.flavor, renamed)(name);
  }
  if (name === mangled) return undefined;
  return { name, demangled: demangle(fromBytes(name)).full, flavors: [...byFlavor.keys()].map(({ flavor }) => flavor) };
}
