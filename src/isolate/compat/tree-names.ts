/** Owns what the headers of a tree declare for applications: by namespace, and outside of all. */
import { join } from "node:path";

import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { languagesIn } from "../languages-in.js";
import { createArena } from "../engine/arena.js";
import { listTree } from "../engine/tree-files.js";
import { globalDeclarationReader } from "../macros/global-declarations.js";
import { headerFacts } from "../macros/header-facts.js";
import { headerMacros } from "../macros/known-macros.js";
import { createTokenReader, type Tokens } from "../macros/tokens-of.js";
import type { OpenedNamespace } from "../survey/opened-namespace.js";
import { surveyFile } from "../survey/survey.js";

export interface TreeNames {
  /** Words of the namespaces that headers open at global scope, with the types that they declare directly inside. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>;
  /** Names outside of namespaces: types, functions, variables, enumerators, typedef names; and macros. */
  readonly globals: ReadonlySet<string>;
  readonly macros: ReadonlySet<string>;
  /** Every identifier of the headers. */
  readonly words: ReadonlySet<string>;
}

/** Reads the headers of a tree. Throws `input-missing` or `disk`. */
export function readTreeNames(root: string): TreeNames {
  const reader = createTokenReader();
  const keywords = reader.interner.size();
  const read = createArena();
  const paths = headersOf(root);
  const tokensOf = (path: string): Tokens => reader.read(read(join(root, path)).bytes);
  const known = headerMacros(reader, paths, tokensOf);
  const globalsOf = globalDeclarationReader(reader.interner, known);
  const namespaces = new Map<string, Set<string>>();
  const globals = new Set<string>();
  const macros = new Set<string>();
  for (const path of paths) {
    const tokens = tokensOf(path);
    for (const { name } of globalsOf(tokens)) globals.add(name);
    for (const { name } of headerFacts(path, tokens).macros) macros.add(name);
    const survey = surveyFile({ stream: tokens.stream, bytes: tokens.bytes, words: known.words }, "header", known.known);
    for (const id of survey.declaredGlobal) globals.add(reader.interner.name(id));
    for (const opened of survey.namespaces) addNamespace(tokens, opened, namespaces, reader.interner.name);
  }
  const all = Array.from({ length: reader.interner.size() - keywords }, (_, id) => reader.interner.name(id + keywords));
  return { namespaces, globals, macros, words: new Set(all) };
}

function headersOf(root: string): string[] {
  const files = listTree(root).files.filter(({ link }) => link === undefined);
  const languageIn = languagesIn(root);
  return files.map(({ path }) => path).filter((path) => ["header", "fragment"].includes(languageIn(path) ?? ""));
}

function addNamespace(
  tokens: Tokens,
  { words, around, start, end }: OpenedNamespace,
  found: Map<string, Set<string>>,
  nameOf: (id: number) => string,
): void {
  const word = words[0];
  if (around.length > 0 || word === undefined) return;
  const names = found.get(nameOf(word)) ?? new Set<string>();
  found.set(nameOf(word), names);
  if (words.length === 1) for (const name of typesBetween(tokens, start, end)) names.add(name);
}

/** Names behind `class`, `struct`, `enum` and `using` between two byte offsets, not inside further braces. */
function typesBetween(tokens: Tokens, start: number, end: number): string[] {
  const { kinds, values, starts, count } = tokens.stream;
  const names: string[] = [];
  let depth = 0;
  for (let i = 1; i + 1 < count && (starts[i] as number) < end; i++) {
    if ((starts[i] as number) < start) continue;
    if (kinds[i] === KIND.punctuation && values[i] === BYTE.openBrace) depth++;
    else if (kinds[i] === KIND.punctuation && values[i] === BYTE.closeBrace) depth--;
    else if (depth === 0 && kinds[i] === KIND.identifier && INTRODUCES.has(tokens.text(i - 1)) && !isQualified(tokens, i + 1))
      names.push(tokens.text(i));
  }
  return names.filter((name) => !INTRODUCES.has(name));
}

const INTRODUCES = new Set(["class", "struct", "enum", "union", "using"]);

function isQualified({ stream: { kinds, values } }: Tokens, at: number): boolean {
  return kinds[at] === KIND.punctuation && (values[at] === PUNCTUATION.scope || values[at] === BYTE.less);
}
