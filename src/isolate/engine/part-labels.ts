/** Owns the symbols that pragmas make in calls of macros wherever these stand: in namespaces and functions, too, where a pragma says the same. */
import { BYTE, KIND } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading } from "../survey/heads.js";
import { expandStatement, statementEffort } from "../survey/expand.js";
import { eachChoice } from "../survey/macro-choices.js";
import type { MacroBody } from "../survey/macro-bodies.js";
import { pragmaSymbols } from "../survey/pragma-calls.js";
import { tokenText } from "../survey/token-text.js";

/** A symbol with the name that it is another one of; `offset`: of the call. */
export interface CalledLabel {
  readonly name: string;
  readonly target: string;
  readonly offset: number;
}

/** Those of the calls of the macros, ids of which `wanted` are, outside of preprocessor lines; `known`: the definitions that a macro may have. */
export function calledLabels(reading: Reading, wanted: ReadonlySet<number>, known: (name: string) => readonly MacroBody[]): CalledLabel[] {
  const { kinds, values, starts, count } = reading.stream;
  const found: CalledLabel[] = [];
  for (let at = 0; at < count; at++) {
    if (kinds[at] === KIND.directive) while (at < count && kinds[at] !== KIND.directiveEnd) at++;
    else if (isWord(reading, at) && wanted.has(values[at] as number) && isMark(reading, at + 1, BYTE.open)) {
      const offset = starts[at] as number;
      for (const label of labelsOf(callAt(reading, at), known)) found.push({ ...label, offset });
    }
  }
  return found;
}

/** Nothing longer is such a call. */
const LONGEST_CALL = 200;

/** The texts of the call's tokens; none where it does not end. */
function callAt(reading: Reading, name: number): string[] {
  const texts = [tokenText(reading, name)];
  let depth = 0;
  for (let at = name + 1; at < Math.min(reading.stream.count, name + LONGEST_CALL); at++) {
    texts.push(tokenText(reading, at));
    if (isMark(reading, at, BYTE.open)) depth++;
    else if (isMark(reading, at, BYTE.close) && --depth === 0) return texts;
  }
  return [];
}

function labelsOf(texts: readonly string[], known: (name: string) => readonly MacroBody[]): ReturnType<typeof pragmaSymbols> {
  const found = new Map<string, { readonly name: string; readonly target: string }>();
  const effort = statementEffort();
  eachChoice(known, (definitionOf) => {
    const before = found.size;
    for (const label of pragmaSymbols(expandStatement(texts, definitionOf, new Set(), effort) ?? []))
      found.set(`${label.name}=${label.target}`, label);
    return found.size > before;
  });
  return [...found.values()];
}
