/** Owns texts of makefiles that become code: FreeType's lists of modules are made of what stands between `define` and `endef`. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";

/** GNU make, "Defining Multi-Line Variables". */
const DEFINE = /^[ \t]*(?:override[ \t]+)?define[ \t].*\n([^]*?)^[ \t]*endef\b/gm;

/** A word that looks like a symbol, no name of a variable of make, no target and no part of a path. */
const WORD = /(?<![\w$./({-])[A-Za-z]\w*_\w*(?![\w./-]|[ \t]*[:+?]?=)/g;

/** The suffix goes behind renamed names in such texts. */
export function makefileInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  return [...text.matchAll(DEFINE)].flatMap((block) => {
    const start = block.index + block[0].indexOf("\n") + 1;
    return [...(block[1] ?? "").matchAll(WORD)].flatMap(({ 0: word, index }) =>
      names.isGlobal(word) ? [{ offset: start + index + word.length, text: names.suffix, names: [word] }] : [],
    );
  });
}
