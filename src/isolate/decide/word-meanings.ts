/** Owns what a word may stand for where macros are expanded: itself, another word, what the call of another macro comes to. */
import type { MacroKnowledge } from "./macro-knowledge.js";
import type { MacroDefinition, PastePart } from "./macro-model.js";
import { plainText } from "./name-text.js";

/** A word that may be a macro without parameters; in small letters hardly any is, and only what its file sees by its include lines counts. */
const CAPITALS = /^[A-Z][A-Z0-9_]+$/;

/** How deep macros that stand for macros are followed. */
export const DEEPEST = 8;

/** Whether a word that is an argument may be such a macro. */
export function maySpell(word: string): boolean {
  return CAPITALS.test(word);
}

/** The same of a word whose definitions are asked for: also one in small letters that the file sees to be one. */
export function mayStand(text: string, file: number, knowledge: MacroKnowledge): boolean {
  return maySpell(text) || smallMeanings(text, file, knowledge).length > 0;
}

/** Whether sources define the word, and none that is known to be seen here: the build may do so here. */
export function mayBeMacro(text: string, file: number, knowledge: MacroKnowledge): boolean {
  return maySpell(text) && knowledge.definitionsIn(text, file).length === 0 && knowledge.definitionsOf(text).some(isWord);
}

/** Whether the file may see a macro by which another word takes the place of this one. */
export function isReplaced(text: string, file: number, knowledge: MacroKnowledge): boolean {
  return maySpell(text) ? knowledge.definitionsIn(text, file).length > 0 : knowledge.definitionsBefore(text, file).some(isWord);
}

function isWord({ parameters }: MacroDefinition): boolean {
  return parameters === undefined;
}

/** Those that the file sees; else all, and the word may be none there. */
function definitionsFor(text: string, file: number, knowledge: MacroKnowledge): readonly MacroDefinition[] {
  return mayBeMacro(text, file, knowledge) ? knowledge.definitionsOf(text) : knowledge.definitionsIn(text, file);
}

/**
 * What the word stands for, itself if for nothing; `*` for what is no single word. `hidden`: macros whose expansion it comes from, which
 * are not expanded there once more (ISO C [cpp.rescan]).
 */
export function meaningsOf(text: string, file: number, knowledge: MacroKnowledge, depth: number, hidden: readonly string[] = []): string[] {
  const definitions = depth > 0 && maySpell(text) && !hidden.includes(text) ? definitionsFor(text, file, knowledge) : [];
  const isPlain = definitions.every(({ parameters }) => parameters !== undefined) || mayBeMacro(text, file, knowledge);
  const found = new Set(isPlain ? [text] : []);
  const inside = { file, knowledge, depth: depth - 1, hidden: [...hidden, text] };
  for (const { parameters, result } of definitions) {
    if (parameters !== undefined) continue;
    for (const meaning of meaningsOfBody(result, NOTHING_GIVEN, inside)) found.add(meaning);
  }
  return found.size > MEANINGS ? ["*"] : [...found];
}

/** What a macro in small letters may stand for besides itself, as far as that is known: another line may end it before. */
export function smallMeanings(text: string, file: number, knowledge: MacroKnowledge): readonly string[] {
  const word = plainText(text) ?? "";
  if (!SMALL.test(word)) return [];
  const known = small.get(knowledge.definitionsBefore) ?? new Map<string, readonly string[]>();
  small.set(knowledge.definitionsBefore, known);
  const key = `${file}/${word}`;
  const meanings = known.get(key) ?? smallMeaningsOf(word, file, knowledge);
  known.set(key, meanings);
  return meanings;
}

function smallMeaningsOf(word: string, file: number, knowledge: MacroKnowledge): readonly string[] {
  if (knowledge.definitionsOf(word).length === 0) return [];
  const inside = { file, knowledge, depth: DEEPEST, hidden: [word] };
  const bodies = knowledge.definitionsBefore(word, file).filter(isWord);
  const found = new Set(bodies.flatMap(({ result }) => meaningsOfBody(result, NOTHING_GIVEN, inside)));
  found.delete(word);
  return found.size > MEANINGS ? [] : [...found].filter((meaning) => !meaning.includes("*"));
}

/** What was found, by what is known of macros. */
const small = new WeakMap<MacroKnowledge["definitionsBefore"], Map<string, readonly string[]>>();

const SMALL = /^[A-Za-z_$].*[a-z]/;

/** So many things a word may stand for. */
const MEANINGS = 16;

/** Where a body is expanded. */
interface Expansion {
  readonly file: number;
  readonly knowledge: MacroKnowledge;
  readonly depth: number;
  readonly hidden: readonly string[];
}

/** What the parameters of a macro stand for: as they are, beside `##`, and expanded. */
interface GivenMeanings {
  readonly raw: readonly (readonly string[])[];
  readonly expanded: readonly (readonly string[])[];
}

const NOTHING_GIVEN: GivenMeanings = { raw: [], expanded: [] };
const UNKNOWN: readonly string[] = ["*"];

function meaningsOfBody(result: readonly PastePart[] | undefined, given: GivenMeanings, inside: Expansion): readonly string[] {
  if (result === undefined) return UNKNOWN;
  const [only, ...more] = result;
  if (only === undefined) return [""];
  if (more.length > 0) return given === NOTHING_GIVEN ? UNKNOWN : joinedMeanings(result, given);
  if (only.type === "text") return meaningsOf(only.text, inside.file, inside.knowledge, inside.depth, inside.hidden);
  return only.type === "parameter" ? (given.expanded[only.index] ?? UNKNOWN) : meaningsOfCall(only, given, inside);
}

/** The words that `##` joins of all that the parameters may be. */
function joinedMeanings(parts: readonly PastePart[], { raw }: GivenMeanings): readonly string[] {
  let found: readonly string[] = [""];
  for (const part of parts) {
    const texts = part.type === "text" ? [part.text] : part.type === "parameter" ? (raw[part.index] ?? UNKNOWN) : UNKNOWN;
    found = found.flatMap((text) => texts.map((next) => text + next));
    if (found.length > MEANINGS) return UNKNOWN;
  }
  return found.some((text) => text.includes("*")) ? UNKNOWN : found;
}

/** By every definition of the macro that the file sees. */
function meaningsOfCall({ macro, arguments: list }: MacroCall, given: GivenMeanings, inside: Expansion): readonly string[] {
  const { file, knowledge, depth, hidden } = inside;
  const definitions = depth > 0 && !hidden.includes(macro) ? knowledge.definitionsIn(macro, file) : [];
  const isCalled =
    definitions.length > 0 && definitions.every(({ parameters, variadic }) => parameters?.length === list.length && !variadic);
  if (!isCalled) return UNKNOWN;
  const next = { ...inside, depth: depth - 1 };
  const own: GivenMeanings = {
    raw: list.map(({ parts }) => (parts === undefined ? UNKNOWN : joinedMeanings(parts, given))),
    expanded: list.map(({ parts }) => meaningsOfBody(parts, given, next)),
  };
  const found = new Set(definitions.flatMap(({ result }) => meaningsOfBody(result, own, { ...next, hidden: [...hidden, macro] })));
  return found.size > MEANINGS ? UNKNOWN : [...found];
}

type MacroCall = Extract<PastePart, { type: "call" }>;
