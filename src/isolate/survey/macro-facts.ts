/** Owns what the macros of a file mean for its declarations: attributes, `static` under another name, macros that open and close scopes. */
import { tokenText } from "./token-text.js";
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { LabelParts } from "./assembler-labels.js";
import type { AssemblerLanguage, ExportCondition } from "./assembler-macros.js";
import { isMark, isWord, type Reading, valueAt } from "./heads.js";
import { hasVersions } from "./symbol-versions.js";

/** One `#define` that readers of declarations must know; a name may have several. Names are spelled out, as parts compare them. */
export type MacroFact = MacroMeaning & {
  /** Index of the file in the tree, once that is known: of several definitions the first counts. */
  readonly file?: number;
};

type MacroMeaning =
  /** Stands for nothing or for an attribute: no name of a variable. */
  | { readonly kind: "attribute"; readonly name: string }
  /** Takes arguments and stands for nothing. */
  | { readonly kind: "empty"; readonly name: string }
  /** Its body begins with `static`. */
  | { readonly kind: "static"; readonly name: string }
  /** Its body joins tokens: its arguments are parts of names. `externs`: the constants that it declares `extern`, with `*` for an argument. */
  | { readonly kind: "paste"; readonly name: string; readonly externs?: readonly string[] }
  /** Its body may declare a function or a variable whose name is an argument: `type name args`, `type name`, or make an alias: `alias(#x)`; `labels`: by a pragma. */
  | { readonly kind: "head"; readonly name: string; readonly labels?: true }
  /** Its body is a call of another macro, and nothing else. */
  | { readonly kind: "wraps"; readonly name: string; readonly target: string }
  /** No macro: a file of this name is included in the midst of a class, an enumeration or an initialiser. */
  | { readonly kind: "embeds"; readonly name: string }
  /** No macro: a file of this name is included between declarations, right behind a macro's definition: a list that calls it. */
  | { readonly kind: "lists"; readonly name: string }
  /** No macro: a source file of this name is included. */
  | { readonly kind: "source"; readonly name: string }
  /** No macro: include line number `line` of the file, which leads to the path `name`, stands inside the namespaces `words`. */
  | { readonly kind: "nests"; readonly name: string; readonly line: number; readonly words: readonly string[] }
  /** `%define name target` of NASM: where the name is exported, the target is. */
  | { readonly kind: "alias"; readonly name: string; readonly target: string; readonly line: number }
  /** No macro: the declaration of `name` (of a class's member) says which symbol it has, or a pragma which other one. */
  | {
      readonly kind: "label";
      readonly name: string;
      readonly target: string;
      readonly line?: number;
      readonly offset?: number;
      readonly ofMember?: boolean | undefined;
    }
  /**
   * No macro: what is declared as a function may be an `object` as well; a `literal` operator of which no parameter can bear the flavor;
   * a variable that is defined without a type; a symbol whose name strings of assembler make together, one that a macro of assembler
   * puts together (`built`), or that assembler exports in quotes.
   */
  | { readonly kind: "doubtful"; readonly name: string; readonly offset: number; readonly is: Doubt }
  /** No macro: a declaration is put into a section of this name. */
  | { readonly kind: "section"; readonly name: string; readonly line: number }
  /** Its body has the word `target`, which begins the name of a section's bound. */
  | { readonly kind: "bound"; readonly name: string; readonly target: string }
  /** A macro of assembler whose argument is a label that it exports, always or only as another argument says. */
  | {
      readonly kind: "exporting";
      readonly name: string;
      readonly assembler: AssemblerLanguage;
      readonly when?: ExportCondition | undefined;
      /** What the macro joins to the label. */
      readonly parts?: LabelParts | undefined;
    }
  /** A macro of GNU's assembler: the words that lines of its body begin with, and whether it builds names of its arguments. */
  | { readonly kind: "assembling"; readonly name: string; readonly calls: readonly string[]; readonly builds: boolean }
  /** Its body opens or closes braces, or is a macro that may. Body: words, `{`, `}`, `(`, `)`, `::`, strings. */
  | { readonly kind: "scope"; readonly name: string; readonly parameters: readonly string[] | undefined; readonly body: readonly string[] };

/** What makes a declaration doubtful. */
export type Doubt = "object" | "literal" | "untyped" | "joined" | "built" | "quoted" | "m4";

/** Longest body, in tokens, of a macro that opens a scope. */
const LONGEST_BODY = 40;

/** The fact of the macro whose `#define` is the token `at` and whose line ends at the token `end`; undefined when readers need not know it. */
export function macroFact(reading: Reading, at: number, end: number): MacroFact | undefined {
  const name = at + 1;
  if (name >= end || !isWord(reading, name)) return undefined;
  const start = bodyStart(reading, name, end);
  const isFunction = start > name + 1;
  if (start >= end) return { kind: isFunction ? "empty" : "attribute", name: tokenText(reading, name) };
  if (isFunction && hasPaste(reading, start, end)) {
    const externs = externNames(reading, wordsBetween(reading, name + 2, start - 1), start, end);
    return { kind: "paste", name: tokenText(reading, name), ...(externs.length > 0 ? { externs } : {}) };
  }
  if (isAttribute(reading, start)) return { kind: "attribute", name: tokenText(reading, name) };
  if (isWord(reading, start) && valueAt(reading, start) === reading.words.id.static && !isFunction) {
    return { kind: "static", name: tokenText(reading, name) };
  }
  if (isFunction && isCall(reading, start, end))
    return { kind: "wraps", name: tokenText(reading, name), target: tokenText(reading, start) };
  if (end - start > LONGEST_BODY || !mayOpenScope(reading, start, end)) return undefined;
  return {
    kind: "scope",
    name: tokenText(reading, name),
    parameters: isFunction ? wordsBetween(reading, name + 2, start - 1) : undefined,
    body: Array.from({ length: end - start }, (_, i) => bodyText(reading, start + i)),
  };
}

/** The same for what a macro is besides: one that makes heads of functions, or variables, whose names are arguments, or aliases. */
export function headFact(reading: Reading, at: number, end: number): MacroFact | undefined {
  const name = at + 1;
  const start = name < end && isWord(reading, name) ? bodyStart(reading, name, end) : end;
  if (start >= end) return undefined;
  if (writesDefinition(reading, start, end)) return { kind: "head", name: tokenText(reading, name) };
  if (start <= name + 1) return undefined;
  const parameters = new Set(wordsBetween(reading, name + 2, start - 1));
  if (parameters.size > 0 && (isAlias(reading, start, end) || hasVersions(reading, start, end)))
    return { kind: "head", name: tokenText(reading, name) };
  const isParameter = (token: number): boolean => token < end && isWord(reading, token) && parameters.has(tokenText(reading, token));
  for (let i = start + 1; i < Math.min(end, start + LONGEST_BODY); i++) {
    if (isParameter(i) && isTyped(reading, i) && (endsDeclarator(reading, i + 1, end) || isParameter(i + 1)))
      return { kind: "head", name: tokenText(reading, name) };
  }
  return undefined;
}

/** Whether a class with its body, or a function's head and its body, stands among the tokens, outside of all braces. */
function writesDefinition(reading: Reading, start: number, end: number): boolean {
  const last = Math.min(end, start + LONGEST_BODY);
  let parens = 0;
  for (let i = start; i < last; i++) {
    if (isMark(reading, i, BYTE.open)) parens++;
    else if (isMark(reading, i, BYTE.close)) parens--;
    else if (isMark(reading, i, BYTE.openBrace)) return parens === 0 && isDefined(reading, start, i);
  }
  return false;
}

/** Whether what stands before the `{` names a class, or is a function's head with a type and a name: not that of a loop or a condition. */
function isDefined(reading: Reading, start: number, brace: number): boolean {
  const { keyword, aggregate } = reading.words;
  const isOwn = (at: number): boolean => at >= start && isWord(reading, at) && !keyword.has(valueAt(reading, at));
  if (isMark(reading, brace - 1, BYTE.close)) {
    let [at, depth] = [brace - 1, 0];
    for (; at > start; at--) {
      if (isMark(reading, at, BYTE.close)) depth++;
      else if (isMark(reading, at, BYTE.open) && --depth === 0) break;
    }
    return isOwn(at - 1) && isTyped(reading, at - 1) && at - 2 >= start;
  }
  for (let at = brace - 1; at > start && !isMark(reading, at, BYTE.semicolon); at--)
    if (isOwn(at) && isWord(reading, at - 1) && aggregate.has(valueAt(reading, at - 1))) return true;
  return false;
}

/** Whether a type may stand before the word: a word, `*`, `&`, or an attribute's `)`. */
function isTyped(reading: Reading, word: number): boolean {
  return isWord(reading, word - 1) || [BYTE.star, BYTE.ampersand, BYTE.close].some((mark) => isMark(reading, word - 1, mark));
}

/** Whether the name before the token is a function's, or a variable's. */
function endsDeclarator(reading: Reading, next: number, end: number): boolean {
  return next >= end || [BYTE.open, BYTE.openSquare, BYTE.equals, BYTE.semicolon].some((mark) => isMark(reading, next, mark));
}

/** Whether `alias(` or `ifunc(` stands among the tokens. */
function isAlias(reading: Reading, start: number, end: number): boolean {
  for (let i = start; i + 1 < end; i++)
    if (isWord(reading, i) && reading.words.aliasing.has(valueAt(reading, i)) && isMark(reading, i + 1, BYTE.open)) return true;
  return false;
}

/** Behind the name, or behind a parameter list that follows it without a blank. */
function bodyStart(reading: Reading, name: number, end: number): number {
  const { starts, ends } = reading.stream;
  const listed = isMark(reading, name + 1, BYTE.open) && starts[name + 1] === ends[name];
  if (!listed) return name + 1;
  let i = name + 2;
  while (i < end && !isMark(reading, i, BYTE.close)) i++;
  return i + 1;
}

/** `NAME(…)` and nothing else. */
function isCall(reading: Reading, start: number, end: number): boolean {
  if (!isWord(reading, start) || !isMark(reading, start + 1, BYTE.open) || !isMark(reading, end - 1, BYTE.close)) return false;
  let depth = 0;
  for (let i = start + 1; i < end - 1; i++) {
    if (isMark(reading, i, BYTE.open)) depth++;
    else if (isMark(reading, i, BYTE.close) && --depth === 0) return false;
  }
  return true;
}

function isAttribute(reading: Reading, token: number): boolean {
  if (isMark(reading, token, BYTE.openSquare)) return isMark(reading, token + 1, BYTE.openSquare);
  return isWord(reading, token) && reading.words.attribute.has(valueAt(reading, token));
}

function hasPaste(reading: Reading, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (isMark(reading, i, PUNCTUATION.paste)) return true;
  return false;
}

/** The names of constants that `##` joins in declarations behind `extern`; parameters are `*`. */
function externNames(reading: Reading, parameters: readonly string[], start: number, end: number): string[] {
  const found: string[] = [];
  for (let i = start; i < end; i++) {
    if (!isWord(reading, i) || valueAt(reading, i) !== reading.words.id.extern) continue;
    let isConstant = false;
    for (i++; i < end && !isMark(reading, i, BYTE.semicolon); i++) {
      isConstant ||= isWord(reading, i) && valueAt(reading, i) === reading.words.id.const;
      if (!isConstant || !isMark(reading, i + 1, PUNCTUATION.paste)) continue;
      let name = "";
      for (; i < end; i += 2) {
        const text = tokenText(reading, i);
        name += parameters.includes(text) ? "*" : text;
        if (!isMark(reading, i + 1, PUNCTUATION.paste)) break;
      }
      if (/^\w/.test(name)) found.push(name);
    }
  }
  return found;
}

/** Braces that do not match, and nothing that a scope's head or end has not; or words alone, which may be such a macro or the name of a namespace. */
function mayOpenScope(reading: Reading, start: number, end: number): boolean {
  let depth = 0;
  let low = 0;
  for (let i = start; i < end; i++) {
    if (isMark(reading, i, BYTE.openBrace)) depth++;
    else if (isMark(reading, i, BYTE.closeBrace)) low = Math.min(low, --depth);
    else if (!isScopeToken(reading, i)) return false;
  }
  return depth !== 0 || low !== 0 || onlyWords(reading, start, end) || isName(reading, start, end);
}

/** `a::b`, `::a`, `a __attribute__((…))`: a name, perhaps of a namespace. */
function isName(reading: Reading, start: number, end: number): boolean {
  const first = isMark(reading, start, PUNCTUATION.scope) ? start + 1 : start;
  if (first >= end || !isWord(reading, first) || reading.words.keyword.has(valueAt(reading, first))) return false;
  const next = first + 1;
  if (next >= end || isMark(reading, next, PUNCTUATION.scope)) return true;
  return isWord(reading, next) && reading.words.attribute.has(valueAt(reading, next));
}

function isScopeToken(reading: Reading, token: number): boolean {
  const kind = reading.stream.kinds[token];
  if (kind === KIND.identifier || kind === KIND.string || kind === KIND.number) return true;
  return [BYTE.open, BYTE.close, BYTE.openSquare, BYTE.closeSquare, BYTE.comma, BYTE.semicolon, PUNCTUATION.scope].some((mark) =>
    isMark(reading, token, mark),
  );
}

function onlyWords(reading: Reading, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (!isWord(reading, i) || reading.words.keyword.has(valueAt(reading, i))) return false;
  return end - start <= 4;
}

function wordsBetween(reading: Reading, start: number, end: number): string[] {
  const found: string[] = [];
  for (let i = start; i < end; i++) if (isWord(reading, i)) found.push(tokenText(reading, i));
  return found;
}

/** A string is `"C"` or, whatever it holds, `"`. */
function bodyText(reading: Reading, token: number): string {
  const text = tokenText(reading, token);
  return reading.stream.kinds[token] === KIND.string && text !== '"C"' ? '"' : text;
}
