/** Owns which names of a tree are symbols of C: functions and variables that a C or assembler file defines. */
import { join } from "node:path";

import { dialectOf, languageOf } from "../code-files.js";
import { createArena } from "../engine/arena.js";
import { createTokenReader } from "../macros/tokens-of.js";
import { surveyFile } from "../survey/survey.js";
import { wordsOf } from "../survey/words.js";

/** Their names; those that a C++ file defines, too, are left out. Throws `disk`. */
export function symbolsOfC(root: string, files: readonly string[]): ReadonlySet<string> {
  const reader = createTokenReader();
  const words = wordsOf(reader.interner);
  const read = createArena();
  const found = { c: new Set<string>(), other: new Set<string>() };
  for (const file of files) {
    const language = languageOf(file);
    if (language === undefined || language === "header" || language === "fragment") continue;
    const { stream, bytes } = reader.read(read(join(root, file)).bytes, dialectOf(language));
    const names = language === "c++" ? found.other : found.c;
    for (const { id, kind } of surveyFile({ stream, bytes, words }, language).defined)
      if (kind !== "type" && kind !== "enumeration") names.add(reader.interner.name(id));
  }
  return new Set([...found.c].filter((name) => !found.other.has(name)));
}
