/** Owns lists of exported symbols, one a line: `-exported_symbols_list` of Apple's linker (names with a leading `_`), `-bE`, libtool's. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";
import { symbolInsertions, versionScriptInsertions } from "./version-script.js";

const LINE = /^([ \t]*)(_?)([^\s#][^\s]*)[ \t]*(?:[A-Z][ \t]*)?\r?$/gm;

/** A line that no such list has: more than a symbol, or a pattern of symbols, and a word in capitals. Expected outputs of tests are called `.exp`, too. */
const FOREIGN = /^[ \t]*(?!#)(?![\w$.@?*:!^~[\]-]+(?:[ \t]+[A-Z]+)?[ \t]*(?:#.*)?\r?$)[^\s].*$/m;

/** The suffix goes behind renamed names, with or without the underscore; a file with braces is a version script. */
export function exportListInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  if (text.includes("{")) return versionScriptInsertions(text, names);
  if (FOREIGN.test(text)) return [];
  return [...text.matchAll(LINE)].flatMap((match) => {
    const [, blank = "", underscore = "", word = ""] = match;
    const start = match.index + blank.length;
    const commented = { before: "# ", behind: (entry: string) => `\n${entry}` };
    const whole = symbolInsertions(underscore + word, start, names, commented);
    if (whole.length > 0 || underscore === "") return whole;
    return symbolInsertions(word, start + 1, names, { before: "", behind: () => "" }).filter(({ text: added }) => added !== "");
  });
}
