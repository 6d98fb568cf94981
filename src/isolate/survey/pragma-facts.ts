/** Owns what a `#pragma` says of symbols: `weak a = b` makes a second one, `redefine_extname a b` another one. */
import { tokenText } from "./token-text.js";
import { BYTE, DIRECTIVE } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "./heads.js";
import type { MacroFact } from "./macro-facts.js";

/** The fact of the preprocessor line from the token `start` to the token `end`, or undefined. */
export function pragmaFact(reading: Reading, start: number, end: number): MacroFact | undefined {
  if (reading.stream.values[start] !== DIRECTIVE.pragma || !isWord(reading, start + 1) || start + 4 > end) return undefined;
  return pragmaWords(reading, start + 1, end);
}

/** The fact of `weak a = b` or `redefine_extname a b` that begins at a token and ends before another one. */
export function pragmaWords(reading: Reading, at: number, end: number): MacroFact | undefined {
  const { id } = reading.words;
  const word = valueAt(reading, at);
  if (word === id.weak && at + 4 === end && isMark(reading, at + 2, BYTE.equals)) return labelled(reading, at + 3, at + 1);
  return word === id.redefine_extname && at + 3 === end ? labelled(reading, at + 1, at + 2) : undefined;
}

function labelled(reading: Reading, name: number, target: number): MacroFact | undefined {
  if (!isWord(reading, name) || !isWord(reading, target)) return undefined;
  return {
    kind: "label",
    name: tokenText(reading, name),
    target: tokenText(reading, target),
    offset: reading.stream.starts[target] as number,
  };
}

/** What the text of a `_Pragma` says of symbols: `target` is another one of `name`'s. */
export function pragmaLabel(text: string): { readonly name: string; readonly target: string } | undefined {
  const weak = /^\s*weak\s+(\w+)\s*=\s*(\w+)\s*$/.exec(text);
  if (weak !== null) return { name: weak[2] as string, target: weak[1] as string };
  const renamed = /^\s*redefine_extname\s+(\w+)\s+(\w+)\s*$/.exec(text);
  return renamed === null ? undefined : { name: renamed[1] as string, target: renamed[2] as string };
}
