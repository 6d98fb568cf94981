/** Owns where strings of C and C++ hold symbols: `asm(…)`, attributes that name another function, options for the linker. */
import { tokenText } from "../survey/token-text.js";
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { enclosing } from "../decide/enclosing.js";
import type { Reading } from "../survey/heads.js";
import { isMark, isWord, valueAt } from "../survey/heads.js";

/** A string literal in such a place. */
export interface AsmText {
  /** Byte range between the quotes. */
  readonly start: number;
  readonly end: number;
  /** Assembler text; one symbol and nothing else; the name of a section; options for the linker (`/export:name`); a name that is looked up at run time. */
  readonly is: "code" | "symbol" | "section" | "options" | "lookup";
  /** Of a declaration's label: the id of the name that is declared, whose symbol it is. */
  readonly of?: number;
  /** … whether that is a member of a class. */
  readonly ofMember?: boolean;
}

/** The strings behind the token `at`: a spelling of `asm` or of `__attribute__`, `gnu` of `[[gnu::…]]`, `_Pragma` and `__pragma`. */
export function asmTexts(reading: Reading, at: number): AsmText[] {
  const { id, pragma, assembler, attributes, lookup } = reading.words;
  const value = valueAt(reading, at);
  if (value === id.gnu) return targetTexts(reading, at + 1, at + 3);
  if (pragma.has(value)) return pragmaTexts(reading, at + 1, groupEnd(reading, at + 1));
  if (lookup.has(value)) return lookupTexts(reading, at);
  if (attributes.has(value)) return targetTexts(reading, at + 1, groupEnd(reading, at + 1));
  return assembler.has(value) ? codeTexts(reading, at) : [];
}

/** The strings that are whole arguments of `dlsym(…)`. */
function lookupTexts(reading: Reading, at: number): AsmText[] {
  return argumentTexts(reading, at, new Set([0, 1, 2])).map(({ start, end }) => ({ start, end, is: "lookup" }));
}

/** `alias("f")`, `ifunc("f")`, `weakref("f")`, `symver("f@V")` and `section("s")` whose words are among the tokens. */
function targetTexts(reading: Reading, from: number, end: number): AsmText[] {
  const found: AsmText[] = [];
  for (let i = from; i < end; i++) {
    const isSection = isWord(reading, i) && reading.words.section.has(valueAt(reading, i));
    if (!isSection && !(isWord(reading, i) && reading.words.target.has(valueAt(reading, i)))) continue;
    if (!isMark(reading, i + 1, BYTE.open) || !isMark(reading, i + 3, BYTE.close) || reading.stream.kinds[i + 2] !== KIND.string) continue;
    found.push(textAt(reading, i + 2, isSection ? "section" : "symbol"));
  }
  return found;
}

/** The strings among the arguments of these indices of the macro that is called at the token: each a symbol. */
export function argumentTexts(reading: Reading, at: number, indices: ReadonlySet<number>): AsmText[] {
  const { kinds, count } = reading.stream;
  if (!isMark(reading, at + 1, BYTE.open)) return [];
  const found: AsmText[] = [];
  let [depth, index] = [0, 0];
  for (let i = at + 1; i < count; i++) {
    if (isMark(reading, i, BYTE.open)) depth++;
    else if (isMark(reading, i, BYTE.close) && --depth === 0) break;
    else if (isMark(reading, i, BYTE.comma) && depth === 1) index++;
    const isWhole = kinds[i] === KIND.string && depth === 1 && kinds[i - 1] === KIND.punctuation && kinds[i + 1] === KIND.punctuation;
    if (isWhole && indices.has(index)) found.push(textAt(reading, i, "symbol"));
  }
  return found;
}

/** The strings of `#pragma comment(linker, …)`, as in `__pragma(…)`; the string of `_Pragma` when it speaks of symbols. */
export function pragmaTexts(reading: Reading, from: number, end: number): AsmText[] {
  const { id } = reading.words;
  const isOwnString = reading.stream.kinds[from + 1] === KIND.string;
  const at = isOwnString ? from : tokenOf(reading, from, end, id.comment);
  if (at < 0 || !(isOwnString || (isWord(reading, at + 2) && valueAt(reading, at + 2) === id.linker))) return [];
  const strings = Array.from({ length: end - at }, (_, i) => at + i).filter((token) => reading.stream.kinds[token] === KIND.string);
  return strings.map((token) => textAt(reading, token, "options"));
}

function tokenOf(reading: Reading, from: number, end: number, id: number): number {
  for (let i = from; i < end; i++) if (isWord(reading, i) && valueAt(reading, i) === id) return i;
  return -1;
}

/** The texts of `#pragma comment(linker, …)` lines; `directives` as of a file's index. */
export function pragmaLineTexts(reading: Reading, directives: readonly number[]): AsmText[] {
  const found: AsmText[] = [];
  for (let at = 0; at < directives.length; at += 2) {
    const start = directives[at] as number;
    if (reading.stream.values[start] !== DIRECTIVE.pragma || reading.stream.kinds[start + 1] !== KIND.identifier) continue;
    if (valueAt(reading, start + 1) === reading.words.id.comment)
      found.push(...pragmaTexts(reading, start + 1, directives[at + 1] as number));
  }
  return found;
}

function codeTexts(reading: Reading, at: number): AsmText[] {
  const { kinds, count } = reading.stream;
  const open = asmOpen(reading, at);
  if (open < 0) return [];
  const found: AsmText[] = [];
  let depth = 0;
  for (let i = open; i < count; i++) {
    if (isMark(reading, i, BYTE.open)) depth++;
    else if (isMark(reading, i, BYTE.close) && --depth === 0) break;
    else if (isMark(reading, i, BYTE.colon) || isMark(reading, i, PUNCTUATION.scope)) break;
    else if (kinds[i] === KIND.string) found.push(textAt(reading, i, "code"));
  }
  const [only] = found;
  const isLabel = only !== undefined && found.length === 1 && isBehindDeclarator(reading, at) && isMark(reading, open + 2, BYTE.close);
  if (!isLabel) return found;
  const name = declaredBefore(reading, at);
  if (name < 0) return [{ ...only, is: "symbol" }];
  return [{ ...only, is: "symbol", of: valueAt(reading, name), ofMember: enclosing(reading, name)[0]?.kind === "class" }];
}

/** Whether the `#x` at the token is a symbol's name, alone or in assembler text: `alias(#x)`, `asm("_" #x)`. */
export function isSymbolText(reading: Reading, at: number): boolean {
  const { target, assembler } = reading.words;
  for (let i = at - 1; i > 0 && at - i < LONGEST_DECLARATOR; i--) {
    if (isMark(reading, i, BYTE.close)) i = groupStart(reading, i);
    else if (reading.stream.kinds[i] === KIND.directive) return isFragment(reading, at);
    else if (isMark(reading, i, BYTE.open) && isWord(reading, i - 1)) {
      return (
        [i - 1, i - 2].some((token) => isWord(reading, token) && assembler.has(valueAt(reading, token))) ||
        target.has(valueAt(reading, i - 1))
      );
    }
  }
  return false;
}

/** In a macro's body: a string beside the call that names a register, `", %%mm1"`, is a piece of assembler's text. */
function isFragment(reading: Reading, at: number): boolean {
  const behind = isMark(reading, at + 1, BYTE.open) ? groupEnd(reading, at + 1) + 1 : at + 1;
  return [at - 1, behind].some((token) => reading.stream.kinds[token] === KIND.string && REGISTER.test(tokenText(reading, token)));
}

const REGISTER = /%%[a-z]/;

function textAt({ stream, bytes }: Reading, token: number, is: AsmText["is"]): AsmText {
  const [from, to] = [stream.starts[token] as number, stream.ends[token] as number];
  const quote = bytes.indexOf(34, from);
  return { start: quote + 1, end: Math.max(quote + 1, to - 1), is };
}

/** The `(` behind the word and its qualifiers, or -1. */
function asmOpen(reading: Reading, at: number): number {
  let i = at + 1;
  while (i < at + 4 && reading.stream.kinds[i] === KIND.identifier) i++;
  return isMark(reading, i, BYTE.open) ? i : -1;
}

/** Behind the parentheses that open at the token, or the token itself. */
function groupEnd(reading: Reading, open: number): number {
  let depth = 0;
  for (let i = open; i < reading.stream.count; i++) {
    if (isMark(reading, i, BYTE.open)) depth++;
    else if (isMark(reading, i, BYTE.close)) depth--;
    if (depth <= 0) return i;
  }
  return reading.stream.count;
}

function isBehindDeclarator(reading: Reading, at: number): boolean {
  return (
    at > 0 &&
    (reading.stream.kinds[at - 1] === KIND.identifier || [BYTE.close, BYTE.closeSquare].some((mark) => isMark(reading, at - 1, mark)))
  );
}

/** The name that the declarator before the token declares, or -1; parameters, bounds and attributes stand between. */
function declaredBefore(reading: Reading, at: number): number {
  for (let i = at - 1; i >= 0 && at - i < LONGEST_DECLARATOR; i--) {
    if (isMark(reading, i, BYTE.close) || isMark(reading, i, BYTE.closeSquare)) i = groupStart(reading, i);
    else if (!isWord(reading, i)) return -1;
    else if (!reading.words.afterParameters.has(valueAt(reading, i))) return i;
  }
  return -1;
}

const LONGEST_DECLARATOR = 400;

function groupStart(reading: Reading, close: number): number {
  let depth = 0;
  for (let i = close; i >= 0; i--) {
    if (isMark(reading, i, BYTE.close) || isMark(reading, i, BYTE.closeSquare)) depth++;
    else if (isMark(reading, i, BYTE.open) || isMark(reading, i, BYTE.openSquare)) depth--;
    if (depth <= 0) return i;
  }
  return 0;
}
