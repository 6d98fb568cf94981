/** Owns what the arguments of a call are when macros stand for them: they are expanded before they reach a macro further inside. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import { DEEPEST, maySpell, mayStand, meaningsOf, smallMeanings } from "./word-meanings.js";

/** How many ways to spell the arguments of one call are followed. */
const WAYS = 64;

/**
 * The arguments as the definitions that the file sees spell their words; `undefined` when there are too many ways. `within`: the macro
 * in whose body they stand, which is not expanded there once more.
 */
export function spelledArguments(
  texts: readonly string[],
  file: number,
  knowledge: MacroKnowledge,
  within?: string,
): readonly (readonly string[])[] | undefined {
  if (!texts.some((text) => mayStand(text, file, knowledge))) return [texts];
  let ways: readonly (readonly string[])[] = [[]];
  for (const text of texts) {
    const meanings = text === within ? [text] : [...smallMeanings(text, file, knowledge), ...meaningsOf(text, file, knowledge, DEEPEST)];
    ways = ways.flatMap((way) => meanings.map((meaning) => way.concat(meaning)));
    if (ways.length > WAYS) return undefined;
  }
  return ways;
}

/** What a word stands for by every definition of the tree; `*` where they differ. */
export function spelledAlone(word: string, knowledge: MacroKnowledge, depth = DEEPEST): string {
  const definitions = depth > 0 && maySpell(word) ? knowledge.definitionsOf(word) : [];
  if (definitions.every(({ parameters }) => parameters !== undefined)) return word;
  const found = new Set(
    definitions.map(({ parameters, result }) => {
      const [only, ...more] = parameters === undefined ? (result ?? []) : [];
      return only?.type === "text" && more.length === 0 ? spelledAlone(only.text, knowledge, depth - 1) : "*";
    }),
  );
  const [meaning = "*"] = found;
  return found.size === 1 ? meaning : "*";
}
