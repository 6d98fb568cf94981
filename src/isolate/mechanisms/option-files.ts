/** Owns which files of a tree may hold such a mechanism: those whose bytes have one of a few words. */
import type { InventoryFile } from "../inventory/read-tree.js";
import { type Definition, definitionsOf, type MacroLine, macroLines } from "./macro-lines.js";

/** A code file that may hold a mechanism, its preprocessor lines read. */
export interface OptionFile {
  readonly path: string;
  readonly lines: readonly MacroLine[];
  readonly definitions: readonly Definition[];
}

const WORDS = ["NAMESPACE", "PREFIX", "RENAM", "MANGLE", "mangle"];

/** Above this a file is generated data, not a header with options. */
const MOST_BYTES = 4 << 20;

/** In a folder of a tool's own (`.git`, `.pc`, `.deps`). */
export function isHidden(path: string): boolean {
  return /(^|\/)\./.test(path);
}

export function optionFiles(files: readonly InventoryFile[]): OptionFile[] {
  return files
    .filter(({ path }) => !isHidden(path))
    .filter(
      ({ path, bytes }) =>
        bytes.length < MOST_BYTES &&
        (/mangle|renam|prefix|options?\.h|config\.h/i.test(path) || WORDS.some((word) => bytes.includes(word, 0, "latin1"))),
    )
    .map(({ path, bytes }) => {
      const lines = macroLines(bytes.toString("latin1"));
      return { path, lines, definitions: definitionsOf(lines) };
    });
}
