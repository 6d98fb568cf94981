/** Owns what the arguments of a call are when macros stand for them: they are expanded before they reach a macro further inside. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { MacroDefinition } from "./macro-model.js";

/** A word that may be a macro without parameters; in small letters hardly any is. */
const CAPITALS = /^[A-Z][A-Z0-9_]+$/;

/** How many ways to spell the arguments of one call are followed. */
const WAYS = 64;

/** How deep macros that stand for macros are followed. */
const DEEPEST = 8;

/** Whether a word that is an argument may be such a macro. */
export function maySpell(word: string): boolean {
  return CAPITALS.test(word);
}

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
  if (!texts.some(maySpell)) return [texts];
  let ways: readonly (readonly string[])[] = [[]];
  for (const text of texts) {
    const meanings = text === within ? [text] : meaningsOf(text, file, knowledge, DEEPEST);
    ways = ways.flatMap((way) => meanings.map((meaning) => way.concat(meaning)));
    if (ways.length > WAYS) return undefined;
  }
  return ways;
}

/** Whether sources define the word, and none that is known to be seen here: the build may do so here. */
export function mayBeMacro(text: string, file: number, knowledge: MacroKnowledge): boolean {
  return maySpell(text) && knowledge.definitionsIn(text, file).length === 0 && knowledge.definitionsOf(text).some(isWord);
}

function isWord({ parameters }: MacroDefinition): boolean {
  return parameters === undefined;
}

/** Those that the file sees; else all, and the word may be none there. */
function definitionsFor(text: string, file: number, knowledge: MacroKnowledge): readonly MacroDefinition[] {
  return mayBeMacro(text, file, knowledge) ? knowledge.definitionsOf(text) : knowledge.definitionsIn(text, file);
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

/** What the word stands for, itself if for nothing; `*` for what is no single word. */
function meaningsOf(text: string, file: number, knowledge: MacroKnowledge, depth: number): string[] {
  const definitions = depth > 0 && maySpell(text) ? definitionsFor(text, file, knowledge) : [];
  const isPlain = definitions.every(({ parameters }) => parameters !== undefined) || mayBeMacro(text, file, knowledge);
  const found = new Set(isPlain ? [text] : []);
  for (const { parameters, result } of definitions) {
    if (parameters !== undefined) continue;
    const [only, ...more] = result ?? [];
    if (result === undefined || more.length > 0 || (only !== undefined && only.type !== "text")) found.add("*");
    else for (const meaning of only === undefined ? [""] : meaningsOf(only.text, file, knowledge, depth - 1)) found.add(meaning);
  }
  return [...found];
}
