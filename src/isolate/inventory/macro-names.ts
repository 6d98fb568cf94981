/** Owns macros that stand for a namespace's name: `#define LIB_NS lib`, opened by `namespace LIB_NS {`. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { TokenStream } from "../../tokens/stream.js";
import type { Reader } from "./reader.js";
import { WATCH } from "./watch-words.js";

/** What a macro stands for when its body does not begin with a plain word. */
const NO_WORD = -1;

/** What a macro stands for when its body is a call, `RENAME(lib)`: below zero, by the word that is handed in; and that word again. */
export function calledWord(word: number): number {
  return NO_WORD - 1 - word;
}

/** Macros within macros are followed so far. */
const DEEPEST = 6;

/**
 * Notes the first word of the body of a macro without parameters; the tokens `body` to before `end` are its body. One that the
 * build fills in, `${NAME}`, says nothing.
 */
export function noteName({ stream, words, interner, namesBy, replacedBy }: Reader, macro: number, body: number, end: number): void {
  const { kinds, values } = stream;
  if (body + 1 === end && kinds[body] === KIND.identifier && words.roles[values[body] as number] !== WATCH.keyword) {
    replacedBy.set(macro, (replacedBy.get(macro) ?? new Set<number>()).add(values[body] as number));
  }
  const at = isScope(stream, body) ? body + 1 : body;
  if (at >= end || kinds[at] !== KIND.identifier || words.roles[values[at] as number] === WATCH.keyword) return;
  if (interner.name(values[at] as number) === "$") return;
  const isName = at + 1 >= end || kinds[at + 1] === KIND.identifier || isScope(stream, at + 1);
  const known = namesBy.get(macro) ?? new Set<number>();
  namesBy.set(macro, known.add(isName ? (values[at] as number) : isCall(stream, at, end) ? calledWord(values[at + 2] as number) : NO_WORD));
}

/** `RENAME(lib)`, and nothing more. */
function isCall({ kinds, values }: TokenStream, at: number, end: number): boolean {
  return (
    end === at + 4 &&
    kinds[at + 1] === KIND.punctuation &&
    values[at + 1] === BYTE.open &&
    kinds[at + 2] === KIND.identifier &&
    kinds[at + 3] === KIND.punctuation &&
    values[at + 3] === BYTE.close
  );
}

function isScope({ kinds, values }: TokenStream, at: number): boolean {
  return kinds[at] === KIND.punctuation && values[at] === PUNCTUATION.scope;
}

/**
 * The namespaces that the word `id` behind `namespace` stands for: itself, unless it is a macro in capitals; none that is not known. A
 * call is known for what is handed in where that stands there plainly in another branch: `lib`, and `RENAME(lib)`, which is `lib_76`.
 */
export function namedBy(reader: Reader, id: number, depth = 0): readonly number[] | undefined {
  const bodies = reader.namesBy.get(id);
  if (bodies === undefined || depth > DEEPEST || /[a-z]/.test(reader.interner.name(id))) return [id];
  const told = [...bodies].filter((word) => word >= NO_WORD || !bodies.has(calledWord(word)));
  const named = told.map((word) => (word <= NO_WORD ? undefined : namedBy(reader, word, depth + 1)));
  return named.includes(undefined) ? undefined : named.flatMap((words) => words ?? []);
}

/** The words that macros put in the place of the word `id` behind `namespace`, which is no macro in capitals: `#define lib our_lib`. */
export function replacementsOf(reader: Reader, id: number): readonly number[] {
  const words = reader.replacedBy.get(id);
  return words === undefined || !/[a-z]/.test(reader.interner.name(id)) ? [] : [...words].filter((word) => word !== id);
}

/** The token of argument `index` of the call whose name is the token `at`; -1 when that is no word. */
export function argumentToken({ stream }: Reader, at: number, index: number): number {
  const { kinds, values, count } = stream;
  let [token, left] = [at + 2, index];
  for (; token < count && left > 0; token++) {
    if (kinds[token] !== KIND.punctuation) continue;
    if (values[token] === BYTE.close) return -1;
    if (values[token] === BYTE.comma) left--;
  }
  return kinds[token] === KIND.identifier ? token : -1;
}

/** The index of the parameter `word` of the macro whose name is the token `name`; -1 when it is none. */
export function parameterIndex({ stream }: Reader, name: number, word: number): number {
  const { kinds, values, count } = stream;
  let index = 0;
  for (let i = name + 2; i < count && kinds[i] !== KIND.directiveEnd; i++) {
    if (kinds[i] === KIND.identifier && values[i] === word) return index;
    if (kinds[i] !== KIND.punctuation) continue;
    if (values[i] === BYTE.comma) index++;
    else if (values[i] === BYTE.close) return -1;
  }
  return -1;
}
