/** Owns the way back from an isolated tree to the source a person knows: path, column and names before renaming. */
import { isAbsolute, join, relative, resolve } from "node:path";

import type { Flavor } from "../../model/build.js";
import { readTextIfThere } from "../../support/fs.js";
import type { FlavorTree } from "../requests.js";
import type { Diagnostic } from "./diagnostics.js";

export interface PlaceContext {
  /** Folder the command ran in: relative paths in messages start there. */
  readonly folder: string;
  readonly root: string;
  readonly trees: readonly (readonly [Flavor, FlavorTree])[];
}

/** The same complaint at the original place; `file` is relative to the root when it lies below it. */
export async function originalPlace(found: Diagnostic, context: PlaceContext): Promise<Diagnostic> {
  const file = resolve(context.folder, found.file);
  for (const [flavor, { tree, originalTree }] of context.trees) {
    const path = below(tree, file);
    if (path === undefined) continue;
    const original = join(originalTree, path);
    const before = await readTextIfThere(original);
    const message = before === undefined ? found.message : withoutSuffix(found.message, flavor, before);
    const column = originalColumn(lineOf(await readTextIfThere(file), found.line), lineOf(before, found.line), found.column);
    return { ...found, file: shown(original, context.root), column, message };
  }
  return { ...found, file: shown(file, context.root) };
}

/**
 * Takes the flavor's suffix off the names in a message. A name that the original source itself writes with the
 * suffix keeps it.
 */
export function withoutSuffix(message: string, flavor: Flavor, original: string): string {
  return message.replaceAll(new RegExp(`\\b([A-Za-z_]\\w*?)_${flavor}\\b`, "g"), (name: string, stem: string) =>
    new RegExp(`\\b${name}\\b`).test(original) ? name : stem,
  );
}

/** The column (from 1) in the original line: renaming changes identifiers' lengths, never their number. */
export function originalColumn(renamed: string | undefined, original: string | undefined, column: number): number {
  if (renamed === undefined || original === undefined || renamed === original) return column;
  const now = wordsOf(renamed);
  const then = wordsOf(original);
  if (now.length !== then.length) return column;
  const index = now.findLastIndex((start) => start.from < column);
  const [here, there] = [now[index], then[index]];
  if (here === undefined || there === undefined) return column;
  const beyond = column - 1 - here.to;
  return beyond >= 0 ? there.to + beyond + 1 : Math.min(there.from + (column - here.from), there.to);
}

/** Where the words of a line are: `from` counts from 1, `to` is the offset behind the last character. */
function wordsOf(line: string): { from: number; to: number }[] {
  return Array.from(line.matchAll(/\w+/g), (match) => ({ from: match.index + 1, to: match.index + match[0].length }));
}

function lineOf(text: string | undefined, line: number): string | undefined {
  return text?.split("\n")[line - 1];
}

function below(folder: string, file: string): string | undefined {
  const path = relative(folder, file);
  return path === "" || path.startsWith("..") || isAbsolute(path) ? undefined : path;
}

function shown(file: string, root: string): string {
  return below(root, file) ?? file;
}
