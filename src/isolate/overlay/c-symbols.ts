/** Owns which names of a tree are symbols of C: functions and variables that a C or assembler file defines. */
import { join } from "node:path";

import { dialectOf, languageOf } from "../code-files.js";
import { createArena } from "../engine/arena.js";
import { createTokenReader } from "../macros/tokens-of.js";
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
    const language = languageOf(file);
    if (language === undefined) continue;
    const { stream, bytes } = reader.read(read(join(root, file)).bytes, dialectOf(language));
    const survey = surveyFile({ stream, bytes, words }, language);
    for (const id of [...survey.declaredGlobal, ...survey.declaredC]) found.declared.add(reader.interner.name(id));
    if (language === "header" || language === "fragment") continue;
    const names = language === "c++" ? found.other : found.c;
    for (const { id, kind } of survey.defined) if (kind !== "type" && kind !== "enumeration") names.add(reader.interner.name(id));
  }
  const all = new Set([...found.c].filter((name) => !found.other.has(name)));
  return { all, declared: new Set([...found.declared].filter((name) => all.has(name))) };
}
