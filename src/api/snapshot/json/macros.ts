/** Owns the macros of a unit by clang's preprocessor, which keeps definitions and the places where they stand. */
import type { ApiMacro } from "../../../model/api-snapshot.js";
import { macroAt } from "../text/macro-definition.js";
import type { JsonReader } from "./reader.js";

export interface PreprocessedUnit {
  readonly macros: readonly ApiMacro[];
  /** All files that were read, as the compiler opened them. */
  readonly files: ReadonlySet<string>;
}

/** `text`: what `clang -E -dD` writes. */
export function macrosIn({ files, texts }: Pick<JsonReader, "files" | "texts">, text: string): PreprocessedUnit {
  const found = new Map<string, ApiMacro>();
  const met = new Set<string>();
  let [file, line, path]: [string, number, string | undefined] = ["", 0, undefined];
  for (const [words] of text.matchAll(/[^\n]*\n/g)) {
    const marker = /^# (\d+) "((?:[^"\\]|\\.)*)"/.exec(words);
    if (marker !== null) {
      [line, file] = [Number(marker[1]), (marker[2] as string).replaceAll(/\\(.)/g, "$1")];
      path = files.pathOf(file);
      met.add(file);
      continue;
    }
    const undefinition = /^#undef (\w+)/.exec(words);
    if (undefinition !== null) found.delete(undefinition[1] as string);
    const name = path === undefined ? undefined : /^#define ([\w$]+)/.exec(words)?.[1];
    if (name !== undefined && path !== undefined) {
      found.delete(name);
      const macro = defined(texts.of(file), line, name);
      if (macro !== undefined) found.set(name, { ...macro, place: { file: path, line } });
    }
    line++;
  }
  return { macros: [...found.values()], files: met };
}

function defined(text: string, line: number, name: string): Omit<ApiMacro, "place"> | undefined {
  let at = 0;
  for (let i = 1; i < line; i++) at = text.indexOf("\n", at) + 1;
  const written = /[ \t]*#[ \t]*define[ \t]+/y;
  written.lastIndex = at;
  if (written.exec(text) === null) return undefined;
  const macro = macroAt(text, written.lastIndex);
  if (macro === undefined || macro.name !== name || macro.body === "") return undefined;
  const { isUndefined: _, ...told } = macro;
  return { ...told, value: null, valueType: null };
}
