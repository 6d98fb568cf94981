/** Owns the reading of an application's files, one at a time, and what stays of each. */
import { createInterner } from "../../tokens/interner.js";
import { scan } from "../../tokens/scan.js";
import { createStream } from "../../tokens/stream.js";
import { dialectOf, isAssembler, languageIn } from "../code-files.js";
import type { Reading } from "../survey/heads.js";
import { wordsOf } from "../survey/words.js";
import type { CodeInput } from "./library.js";
import { type FileWalk, walkFile } from "./walk-file.js";

/** A file that is read as C or C++. */
export interface ReadFile {
  readonly path: string;
  readonly reading: Reading;
  /** Only when asked for. */
  readonly walk: FileWalk;
  /** A C file has no namespaces. */
  readonly isC: boolean;
}

/** Calls `visit` for each C-family file; assembler files are passed over. What `visit` gets holds only during the call. */
export function eachFile(files: Iterable<CodeInput>, visit: (file: ReadFile) => void): void {
  const interner = createInterner();
  const words = wordsOf(interner);
  const stream = createStream();
  for (const { path, bytes } of files) {
    const language = languageIn(path, bytes);
    if (language === undefined || isAssembler(language)) continue;
    scan(bytes, interner, stream, dialectOf(language));
    const reading: Reading = { stream, bytes, words };
    visit({ path, reading, walk: walkFile(reading, interner.name), isC: language === "c" });
  }
}
