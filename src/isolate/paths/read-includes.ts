/** Owns the reading of all include lines of a tree. */
import { join } from "node:path";

import type { Language } from "../code-files.js";
import type { languagesIn } from "../languages-in.js";
import { createContents } from "../engine/file-content.js";
import { createTokenReader } from "../macros/tokens-of.js";
import { type FileIncludes, includesOf } from "./include-places.js";

/** By path; `code` are C-family and assembler files. Throws `input-missing`, `disk`. */
export function readIncludes(
  root: string,
  code: readonly { readonly path: string }[],
  languageIn: ReturnType<typeof languagesIn>,
): Map<string, FileIncludes> {
  const read = createContents();
  const reader = createTokenReader();
  return new Map(code.map(({ path }) => [path, includesOf(reader, read(join(root, path)).once(), languageIn(path) as Language)]));
}
