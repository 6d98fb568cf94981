/** Owns how a tree uses the words that an overlay defines as macros, beyond what isolation renames. */
import { join } from "node:path";

import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { dialectOf, languageIn } from "../code-files.js";
import { createArena } from "../engine/arena.js";
import { createTokenReader, directiveEndOf, type Tokens } from "../macros/tokens-of.js";

/** What a token of the word does there. */
export type WordUse =
  /** `#define word`: the tree's macro takes the place of the overlay's. */
  | "redefined"
  | "undefined"
  /** In an `#if` line, where a macro changes the answer. */
  | "condition"
  | "pasted"
  | "stringized"
  /** `#include WORD`. */
  | "include"
  /** `.word`, `->word`, `Other::word`. */
  | "member"
  /** A namespace's word that stands for something else: no `::` behind it, no `namespace` before it. */
  | "other"
  /** In the string of an `asm` statement. */
  | "asm"
  /** In the string of an attribute that names a symbol: `alias("word")`. */
  | "attribute";

export interface UsePlace {
  readonly use: WordUse;
  readonly word: string;
  readonly file: string;
  readonly line: number;
}

export interface WordUses {
  readonly places: readonly UsePlace[];
  /** Number of identifier tokens by word, in all code files. */
  readonly tokens: ReadonlyMap<string, number>;
}

/** Finds the uses in all code files, in the order of the files. Throws `disk`. */
export function findWordUses(
  root: string,
  files: readonly string[],
  namespaces: ReadonlySet<string>,
  names: ReadonlySet<string>,
): WordUses {
  const reader = createTokenReader();
  const read = createArena();
  const spaceIds = new Set([...namespaces].map((name) => reader.interner.internText(name)));
  const nameIds = new Set([...names].map((name) => reader.interner.internText(name)));
  const counts = new Map<string, number>();
  const places = files.flatMap((file): UsePlace[] => {
    const { bytes } = read(join(root, file));
    const language = languageIn(file, bytes);
    if (language === undefined) return [];
    const tokens = reader.read(bytes, dialectOf(language));
    const uses = usesIn(tokens, spaceIds, nameIds, names, counts);
    return uses.map(({ use, token, word }) => ({ use, word, file, line: tokens.line(token) }));
  });
  return { places, tokens: counts };
}

interface Use {
  readonly use: WordUse;
  readonly token: number;
  readonly word: string;
}

function usesIn(
  tokens: Tokens,
  spaces: ReadonlySet<number>,
  names: ReadonlySet<number>,
  spellings: ReadonlySet<string>,
  counts: Map<string, number>,
): Use[] {
  const { kinds, values, count } = tokens.stream;
  const found: Use[] = [];
  let directive = -1;
  let directiveEnd = -1;
  for (let i = 0; i < count; i++) {
    if (kinds[i] === KIND.directive) {
      directive = i;
      directiveEnd = directiveEndOf(tokens.stream, i);
    } else if (kinds[i] === KIND.string) {
      const use = namesSymbol(tokens, i) ? "attribute" : isInAsm(tokens, i) ? "asm" : undefined;
      if (use !== undefined) for (const word of wordsOfString(tokens.text(i), spellings)) found.push({ use, token: i, word });
    }
    if (kinds[i] !== KIND.identifier) continue;
    const isSpace = spaces.has(values[i] as number);
    if (!isSpace && !names.has(values[i] as number)) continue;
    const word = tokens.text(i);
    counts.set(word, (counts.get(word) ?? 0) + 1);
    const use = useOf(tokens, i, i < directiveEnd ? directive : -1, isSpace);
    if (use !== undefined) found.push({ use, token: i, word });
  }
  return found;
}

function useOf(tokens: Tokens, at: number, directive: number, isSpace: boolean): WordUse | undefined {
  const { values } = tokens.stream;
  const code = directive < 0 ? -1 : values[directive];
  if (code === DIRECTIVE.define && at === directive + 1) return "redefined";
  if (code === DIRECTIVE.undef) return "undefined";
  if (code === DIRECTIVE.if || code === DIRECTIVE.elif) return "condition";
  if (code === DIRECTIVE.include) return "include";
  if (isMark(tokens, at - 1, PUNCTUATION.paste) || isMark(tokens, at + 1, PUNCTUATION.paste)) return "pasted";
  if (isMark(tokens, at - 1, BYTE.hash)) return "stringized";
  if (isSpace) return isNamespace(tokens, at) ? undefined : isMember(tokens, at) ? "member" : "other";
  return isMember(tokens, at) ? "member" : undefined;
}

function isMember(tokens: Tokens, at: number): boolean {
  const { kinds, values, starts, ends } = tokens.stream;
  if (isMark(tokens, at - 1, BYTE.dot) || isMark(tokens, at - 1, PUNCTUATION.arrow)) return true;
  if (!isMark(tokens, at - 1, PUNCTUATION.scope) || kinds[at - 2] !== KIND.identifier) return false;
  return ends[at - 2] === starts[at - 1] && values[at - 2] !== values[at];
}

/** Before `::`, behind `namespace` (attributes and macros between), or at the end of an alias. */
function isNamespace(tokens: Tokens, at: number): boolean {
  if (isMark(tokens, at + 1, PUNCTUATION.scope)) return true;
  for (let i = at - 1; i >= Math.max(0, at - 8); i--) {
    if (tokens.stream.kinds[i] === KIND.identifier && tokens.text(i) === "namespace") return true;
    if (isMark(tokens, i, BYTE.semicolon) || isMark(tokens, i, BYTE.openBrace)) return false;
  }
  return false;
}

/** `alias("…")` and its like. */
function namesSymbol(tokens: Tokens, at: number): boolean {
  if (!isMark(tokens, at - 1, BYTE.open) || tokens.stream.kinds[at - 2] !== KIND.identifier) return false;
  return /^(__)?(alias|ifunc|weakref|symver)(__)?$/.test(tokens.text(at - 2));
}

/** Whether the statement that the token stands in begins with `asm`. */
function isInAsm(tokens: Tokens, at: number): boolean {
  const { kinds } = tokens.stream;
  for (let i = at - 1, steps = 0; i >= 0 && steps < 200; i--, steps++) {
    if (kinds[i] === KIND.identifier)
      return /^__asm(__)?$|^asm$/.test(tokens.text(i)) || (isQualifier(tokens.text(i)) && isInAsm(tokens, i));
    if (kinds[i] === KIND.directive || isMark(tokens, i, BYTE.semicolon) || isMark(tokens, i, BYTE.openBrace)) return false;
  }
  return false;
}

function isQualifier(word: string): boolean {
  return /^(__)?(volatile|inline|goto)(__)?$/.test(word);
}

function wordsOfString(text: string, spellings: ReadonlySet<string>): string[] {
  return (text.match(/[A-Za-z_]\w*/g) ?? []).filter((word) => spellings.has(word));
}

function isMark({ stream: { kinds, values, count } }: Tokens, at: number, value: number): boolean {
  return at >= 0 && at < count && kinds[at] === KIND.punctuation && values[at] === value;
}
