/** Owns what a part tells of names that macros of GNU's assembler build: the lines that concern them. */
import { basename } from "node:path/posix";

import { scan } from "../../tokens/scan.js";
import { dialectOf } from "../code-files.js";
import type { AssembledFile } from "../decide/assembled-names.js";
import { assembledLines } from "../survey/assembler-lines.js";
import type { LoadedPart } from "./part-load.js";

/** The lines with the words, and the macros that build names, of the part's files of GNU's assembler. */
export function assembledOf({ interner, stream, words, files, includeLines }: LoadedPart, names: readonly string[]): AssembledFile[] {
  const wanted = new Set(names);
  return files.flatMap(({ file, content, language, includes }): AssembledFile[] => {
    if (language !== "gas") return [];
    const bytes = content.once();
    scan(bytes, interner, stream, dialectOf(language));
    const { macros, lines } = assembledLines({ stream, bytes, words }, (word) => wanted.has(word));
    if (macros.length + lines.length === 0) return [];
    const included = includes
      .map((place) => includeLines.lines[place] as string)
      .flatMap((line) => (/^["<]/.test(line) ? [basename(line.slice(1))] : []));
    return [{ file: file.index, macros, lines, includes: included }];
  });
}
