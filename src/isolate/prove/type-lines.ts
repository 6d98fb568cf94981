/** Owns where a tree defines its classes: one pass over its files, made when first asked for. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { ProofLine } from "../../model/isolation-prove.js";
import { listFiles, readTextIfThere } from "../../support/fs.js";

export interface TypeLines {
  /** Lines that define a class of this name, those of the unit's own file first. */
  readonly of: (name: string, unit: string) => Promise<ProofLine[]>;
  /** The first line of the unit's own file that has the function's name before a parenthesis. */
  readonly functionIn: (name: string, unit: string) => Promise<ProofLine[]>;
}

const CODE = /\.(h|hh|hpp|hxx|inc|inl|ipp|cc|cpp|cxx|c|mm|m)$/;
const DEFINITION =
  /\b(?:class|struct|union|enum(?:\s+class|\s+struct)?)\s+(?:\[\[[^\]]*\]\]\s*|[A-Z_]{3,}(?:\([^)]*\))?\s+|alignas\([^)]*\)\s*)*(?:\w+\s*::\s*)*(\w+)[^;{}()=]*\{/g;

/** The tree may be null, where none is known: then no line is. */
export function typeLines(tree: string | null): TypeLines {
  let index: Promise<Map<string, ProofLine[]>> | undefined;
  return {
    of: async (name, unit) => {
      if (tree === null) return [];
      index ??= readTree(tree);
      const lines = (await index).get(name) ?? [];
      const own = lines.filter(({ file }) => file === unit);
      return own.length > 0 ? own : lines;
    },
    functionIn: async (name, unit) => (tree === null || !/^\w+$/.test(name) ? [] : functionLine(join(tree, unit), name, unit)),
  };
}

async function readTree(tree: string): Promise<Map<string, ProofLine[]>> {
  const found = new Map<string, ProofLine[]>();
  for (const file of await listFiles(tree)) {
    if (!CODE.test(file)) continue;
    const text = withoutComments(await readFile(join(tree, file), "latin1"));
    for (const match of text.matchAll(DEFINITION)) {
      const [, name = ""] = match;
      const line = { file, line: text.slice(0, match.index).split("\n").length };
      const list = found.get(name);
      if (list === undefined) found.set(name, [line]);
      else list.push(line);
    }
  }
  return found;
}

async function functionLine(path: string, name: string, unit: string): Promise<ProofLine[]> {
  const text = (await readTextIfThere(path)) ?? "";
  const at = text.search(new RegExp(`\\b${name}\\s*\\(`));
  return at < 0 ? [] : [{ file: unit, line: text.slice(0, at).split("\n").length }];
}

/** Their lines stay, so that lines can be counted. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]+/g, " "));
}
