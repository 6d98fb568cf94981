/** Owns what a component consists of: its files, which of its headers others include, its sources, its language. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { UnforkError } from "../../support/errors.js";
import { listFiles } from "../../support/fs.js";
import { anyNameGlob } from "../../support/glob.js";
import { isCode, sourceReader } from "../codemod/source-text.js";
import { isC } from "./compile-flavors.js";
import type { ComponentFile, InjectRequest } from "./model.js";
import { readComponentFile } from "./read-file.js";

export interface Component {
  readonly files: ReadonlyMap<string, ComponentFile>;
  readonly publicHeaders: readonly ComponentFile[];
  readonly sources: readonly string[];
  /** `c`: all sources are, and no public header opens a namespace. */
  readonly language: "c" | "c++";
}

/** Throws `input-missing`, `input-invalid` where there is no header that others could include. */
export async function readComponent(request: InjectRequest): Promise<Component> {
  const files = await readFiles(request);
  const publicHeaders = publicOf(files, request);
  const sources = [...files.keys()].filter((path) => /\.(?:c|cc|cpp|cxx|c\+\+|C)$/.test(path));
  const inC = sources.length > 0 && sources.every(isC) && request.namespaces.length === 0;
  const language = inC && publicHeaders.every(({ namespaces }) => namespaces.length === 0) ? "c" : "c++";
  return { files, publicHeaders, sources, language };
}

async function readFiles({ folder, exclude }: InjectRequest): Promise<Map<string, ComponentFile>> {
  const isExcluded = exclude.length === 0 ? () => false : anyNameGlob(exclude);
  const read = sourceReader();
  const found = new Map<string, ComponentFile>();
  for (const path of await listFiles(folder))
    if (isCode(path) && !isExcluded(path)) found.set(path, readComponentFile(read(path, readFileSync(join(folder, path)))));
  return found;
}

/** Those that are named; else those below `include/`; else all headers. */
function publicOf(files: ReadonlyMap<string, ComponentFile>, { folder, publicHeaders }: InjectRequest): ComponentFile[] {
  for (const path of publicHeaders)
    if (!files.has(path))
      throw new UnforkError("input-missing", `--public ${path}: no such file in ${folder}`, {
        hint: "paths are relative to the component's folder",
      });
  const headers = [...files.values()].filter(({ isHeader }) => isHeader);
  const included = headers.filter(({ path }) => path.startsWith("include/"));
  const chosen =
    publicHeaders.length > 0 ? headers.filter(({ path }) => publicHeaders.includes(path)) : included.length > 0 ? included : headers;
  if (chosen.length > 0) return chosen;
  throw new UnforkError("input-invalid", `${folder} has no header that others could include`, { hint: "name the component's folder" });
}
