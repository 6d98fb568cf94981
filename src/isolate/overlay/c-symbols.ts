/** Owns which names of a tree are symbols of C: functions and variables that a C or assembler file defines. */
import { join } from "node:path";

import { BYTE, KIND } from "../../tokens/kinds.js";
import { dialectOf, languageIn } from "../code-files.js";
import { createArena } from "../engine/arena.js";
import { createTokenReader, directiveEndOf, type Tokens } from "../macros/tokens-of.js";
import { surveyFile } from "../survey/survey.js";
import { wordsOf } from "../survey/words.js";

export interface SymbolsOfC {
  /** Those that a C++ file defines, too, are left out. */
  readonly all: ReadonlySet<string>;
  /** Those that a declaration announces; GCC applies `#pragma redefine_extname` to no definition that comes first. */
  readonly declared: ReadonlySet<string>;
}

/** Reads the code files. Throws `disk`. */
export function symbolsOfC(root: string, files: readonly string[]): SymbolsOfC {
  const reader = createTokenReader();
  const words = wordsOf(reader.interner);
  const read = createArena();
  const found = { c: new Set<string>(), other: new Set<string>(), declared: new Set<string>() };
  for (const file of files) {
    const content = read(join(root, file)).bytes;
    const language = languageIn(file, content);
    if (language === undefined) continue;
    const tokens = reader.read(content, dialectOf(language));
    const { stream, bytes } = tokens;
    const survey = surveyFile({ stream, bytes, words }, language);
    for (const id of [...survey.declaredGlobal, ...survey.declaredC]) found.declared.add(reader.interner.name(id));
    if (language === "header" || language === "fragment") {
      for (const id of prototypes(tokens)) found.declared.add(reader.interner.name(id));
      continue;
    }
    const names = language === "c++" ? found.other : found.c;
    for (const { id, kind } of survey.defined) if (kind !== "type" && kind !== "enumeration") names.add(reader.interner.name(id));
  }
  const all = new Set([...found.c].filter((name) => !found.other.has(name)));
  return { all, declared: new Set([...found.declared].filter((name) => all.has(name))) };
}

/** Ids of the words that a header seems to declare as functions, also by macros around the parameters: `int f(`, `T* f OF((`. */
function prototypes(tokens: Tokens): number[] {
  const { kinds, values, count } = tokens.stream;
  const ids: number[] = [];
  const isOpen = (at: number): boolean => at < count && kinds[at] === KIND.punctuation && values[at] === BYTE.open;
  for (let i = 1; i < count; i++) {
    if (kinds[i] === KIND.directive) i = directiveEndOf(tokens.stream, i);
    if (kinds[i] !== KIND.identifier) continue;
    const typed = kinds[i - 1] === KIND.identifier ? !NO_TYPE.test(tokens.text(i - 1)) : values[i - 1] === BYTE.star;
    const called = isOpen(i + 1) || (kinds[i + 1] === KIND.identifier && isOpen(i + 2));
    if (typed && called) ids.push(values[i] as number);
  }
  return ids;
}

const NO_TYPE = /^(return|else|case|goto|sizeof)$/;
