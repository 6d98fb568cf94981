/** Owns which words count as names of a flavor, where that is known. */

/** What is known of one flavor's names. */
export interface FlavorWords {
  /** `legacy`: its names end in `_legacy`. */
  readonly flavor: string;
  /** Namespaces, classes at global scope, C functions and variables, as the flavor writes them: `webrtc_legacy`, `deflate_legacy`. */
  readonly words: ReadonlySet<string>;
  /** Whether all of them are known: another word with that ending is then none of the flavor's. */
  readonly exact: boolean;
}

/** The flavor in whose suffix a word ends; of two that fit, the longer one. */
export function flavorOfWord(word: string, flavors: readonly FlavorWords[]): FlavorWords | undefined {
  let found: FlavorWords | undefined;
  for (const flavor of flavors) {
    const fits = word.length > flavor.flavor.length + 1 && word.endsWith(`_${flavor.flavor}`);
    if (fits && (found === undefined || flavor.flavor.length > found.flavor.length)) found = flavor;
  }
  return found;
}

/** `webrtc_legacy` → `webrtc`. */
export function upstreamWord(word: string, { flavor }: FlavorWords): string {
  return word.slice(0, -flavor.length - 1);
}

/** Whether a word that ends in the flavor's suffix is one of its names; `isScope`: `::` follows. */
export function isNameOf({ words, exact }: FlavorWords, word: string, isScope: boolean): boolean {
  return words.has(word) || (word.startsWith("_") && words.has(word.slice(1))) || (isScope && !exact);
}
