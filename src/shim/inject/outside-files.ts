/** Owns files that a component's sources read and that are neither its own nor the library's: what the flavored words do there. */
import { readFileSync } from "node:fs";
import { relative } from "node:path";

import { byText } from "../../support/order.js";
import { ownNames } from "../codemod/local-names.js";
import { readScopes } from "../codemod/scopes.js";
import { sourceReader } from "../codemod/source-text.js";
import type { InjectFinding, InjectRequest } from "./model.js";
import type { BuiltSource } from "./repeated-symbols.js";

export interface OutsideFile {
  readonly file: string;
  /** Every identifier. */
  readonly words: ReadonlySet<string>;
  /** Flavored words that it gives to something of its own, with their lines. */
  readonly declares: readonly { readonly word: string; readonly line: number }[];
}

/** @param generated the folder of the generated files; @param wanted the words that get a flavor */
export function outsideFiles(
  built: readonly BuiltSource[],
  { folder, flavors }: InjectRequest,
  generated: string,
  wanted: ReadonlySet<string>,
): OutsideFile[] {
  const known = [folder, generated, ...flavors.flatMap(({ includes }) => includes)];
  const files = new Set(built.flatMap(({ reads }) => reads));
  const read = sourceReader();
  return [...files]
    .filter((file) => !known.some((dir) => isBelow(dir, file)))
    .toSorted(byText)
    .map((file) => {
      const text = read(file, readFileSync(file));
      const words = new Set<string>();
      for (let i = 0; i < text.stream.count; i++) words.add(text.word(i));
      if (![...wanted].some((word) => words.has(word))) return { file, words, declares: [] };
      const declares = ownNames(text, readScopes(text), (name) => wanted.has(name))
        .filter(({ form }) => form !== "local" && !(form === "member" && text.isC))
        .map(({ name, token }) => ({ word: name, line: text.line(token) }));
      return { file, words, declares };
    });
}

function isBelow(dir: string, file: string): boolean {
  const path = relative(dir, file);
  return path !== "" && !path.startsWith("..");
}

/** Words that mean something else in a file that the component reads: they would get the flavor there, too. */
export function sharedWords(files: readonly OutsideFile[]): InjectFinding[] {
  return files.flatMap(({ file, declares }) => {
    const first = new Map<string, number>();
    for (const { word, line } of declares) if (!first.has(word)) first.set(word, line);
    return [...first].map(([word, line]): InjectFinding => {
      const text = `gives ${word} to something of its own, and is read by the component: it would get the flavor's name there, too`;
      return { kind: "shared-word", path: file, line, text };
    });
  });
}
