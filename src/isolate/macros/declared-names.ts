/** Owns the names that a header introduces, taken generously: what a file that mentions none of them does not need. */
import { join } from "node:path";

import { BYTE, KIND } from "../../tokens/kinds.js";
import { createArena } from "../engine/arena.js";
import type { HeaderTree } from "./header-tree.js";
import { directiveEndOf, type Tokens } from "./tokens-of.js";

/** Gives the ids of the names that a header of the tree introduces, macros included. */
export function declaredNames(tree: HeaderTree): (path: string) => ReadonlySet<number> {
  const known = new Map<string, ReadonlySet<number>>();
  const read = createArena();
  return (path) => {
    const done = known.get(path);
    if (done !== undefined) return done;
    const names = introduced(tree.reader.read(read(join(tree.root, path)).bytes));
    for (const { name } of tree.headers.get(path)?.macros ?? []) names.add(tree.reader.interner.internText(name));
    known.set(path, names);
    return names;
  };
}

const BEHIND_NAME: ReadonlySet<number> = new Set([BYTE.open, BYTE.semicolon, BYTE.equals, BYTE.openBrace, BYTE.openSquare, BYTE.colon]);
const BEFORE_NAME: ReadonlySet<number> = new Set([BYTE.star, BYTE.ampersand, BYTE.greater]);
const BEHIND_ENUMERATOR: ReadonlySet<number> = new Set([BYTE.comma, BYTE.equals, BYTE.closeBrace]);
const BEFORE_ENUMERATOR: ReadonlySet<number> = new Set([BYTE.comma, BYTE.openBrace]);
const NO_TYPE = new Set("return goto case else delete new throw co_return co_await co_yield sizeof namespace typename".split(" "));
const NO_NAME = new Set("operator defined __attribute__ __declspec alignas if while for switch const noexcept override final".split(" "));
const BEFORE_BODY = new Set("const noexcept override final".split(" "));

/** `type name(`, `type* name;`, `class Name {`, `using Name =`, and the items of enumerations; no parameters, no locals. */
function introduced(tokens: Tokens): Set<number> {
  const { kinds, values, count } = tokens.stream;
  const names = new Set<number>();
  const mark = (at: number): number => (at >= 0 && at < count && kinds[at] === KIND.punctuation ? (values[at] as number) : -1);
  let parens = 0;
  for (let i = 1; i < count; i++) {
    if (kinds[i] === KIND.directive) i = directiveEndOf(tokens.stream, i);
    else if (mark(i) === BYTE.open) parens++;
    else if (mark(i) === BYTE.close) parens = Math.max(0, parens - 1);
    else if (mark(i) === BYTE.openBrace && isBody(tokens, i)) i = bodyEnd(tokens, i);
    if (kinds[i] !== KIND.identifier || parens > 0) continue;
    const typed = kinds[i - 1] === KIND.identifier ? !NO_TYPE.has(tokens.text(i - 1)) : BEFORE_NAME.has(mark(i - 1));
    const named = typed && BEHIND_NAME.has(mark(i + 1));
    const item = BEFORE_ENUMERATOR.has(mark(i - 1)) && BEHIND_ENUMERATOR.has(mark(i + 1));
    if ((named || item) && !NO_NAME.has(tokens.text(i))) names.add(values[i] as number);
  }
  return names;
}

function isBody(tokens: Tokens, brace: number): boolean {
  const { kinds, values } = tokens.stream;
  const before = brace - 1;
  if (kinds[before] === KIND.identifier) return BEFORE_BODY.has(tokens.text(before)) && !isHead(tokens, before);
  return kinds[before] === KIND.punctuation && values[before] === BYTE.close;
}

/** `class Name final {` */
function isHead(tokens: Tokens, at: number): boolean {
  return tokens.text(at) === "final" && tokens.stream.kinds[at - 1] === KIND.identifier;
}

function bodyEnd({ stream: { kinds, values, count } }: Tokens, brace: number): number {
  let depth = 0;
  for (let i = brace; i < count; i++) {
    if (kinds[i] !== KIND.punctuation) continue;
    if (values[i] === BYTE.openBrace) depth++;
    else if (values[i] === BYTE.closeBrace && --depth === 0) return i;
  }
  return count - 1;
}
