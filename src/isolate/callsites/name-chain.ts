/** Owns the reading of a qualified name among the tokens of a declaration: `::a::B<int>::c`, `Foo::~Foo`, `operator<<`. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { angleEnd, groupEnd, isMark, isWord, type Reading, valueAt } from "../survey/heads.js";

/** One qualified name. */
export interface NameChain {
  /** Tokens of its words, from outside in; the last is the name itself (for an operator, the word `operator`). */
  readonly words: readonly number[];
  /** Whether the word of the same index has template arguments. */
  readonly templated: readonly boolean[];
  /** Written with a leading `::`. */
  readonly global: boolean;
  readonly operator: boolean;
  readonly destructor: boolean;
  /** Index in the tokens behind the name. */
  readonly end: number;
}

/** Reads the name that starts at `tokens[at]` (a word or `::`), or undefined when none does. */
export function readChain(reading: Reading, tokens: readonly number[], at: number): NameChain | undefined {
  const words: number[] = [];
  const templated: boolean[] = [];
  const global = isMark(reading, tokens[at], PUNCTUATION.scope);
  let i = global ? at + 1 : at;
  let destructor = false;
  for (;;) {
    if (isMark(reading, tokens[i], BYTE.tilde) && words.length > 0) {
      destructor = true;
      i++;
    }
    const token = tokens[i];
    if (!isWord(reading, token)) return undefined;
    words.push(token as number);
    templated.push(false);
    if (valueAt(reading, token) === reading.words.id.operator) {
      return { words, templated, global, operator: true, destructor, end: operatorEnd(reading, tokens, i + 1) };
    }
    if (reading.words.keyword.has(valueAt(reading, token))) return undefined;
    i++;
    if (isMark(reading, tokens[i], BYTE.less)) {
      templated[templated.length - 1] = true;
      i = angleEnd(reading, tokens, i);
    }
    if (!isMark(reading, tokens[i], PUNCTUATION.scope)) return { words, templated, global, operator: false, destructor, end: i };
    i++;
    if (isWord(reading, tokens[i]) && valueAt(reading, tokens[i]) === reading.words.id.template) i++;
  }
}

/** Behind the symbol of an operator: up to its parameter list, over `()` itself. */
function operatorEnd(reading: Reading, tokens: readonly number[], at: number): number {
  let i = at;
  if (isMark(reading, tokens[i], BYTE.open)) i = groupEnd(reading, tokens, i);
  while (i < tokens.length && !isMark(reading, tokens[i], BYTE.open)) i++;
  return i;
}
