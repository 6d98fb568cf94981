/** Owns the braces of one file: namespaces, classes and functions, each from its `{` to its `}`. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { SourceText } from "./source-text.js";

export type ScopeKind = "namespace" | "linkage" | "class" | "enum" | "function" | "block";

export interface Scope {
  readonly kind: ScopeKind;
  /** First token of what stands before the brace. */
  readonly head: number;
  readonly open: number;
  /** Token of the `}`; the number of tokens where there is none. */
  close: number;
  /** Of a namespace: its words; of a class: its name. */
  readonly words: readonly string[];
  /** Token of the first word. */
  readonly wordToken: number;
  /** A function that is a member: in a class, or `Foo::bar`. */
  readonly member: boolean;
  readonly outer: Scope | undefined;
}

/** Every brace's scope, in the order of the opening ones. Each branch of an `#if` starts at the depth of its first. */
export function readScopes(text: SourceText): Scope[] {
  const { stream } = text;
  const scopes: Scope[] = [];
  const branches: (Scope | undefined)[] = [];
  let current: Scope | undefined;
  let head = 0;
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] === KIND.directive) {
      const code = stream.values[i];
      if (code === DIRECTIVE.if) branches.push(current);
      else if (code === DIRECTIVE.else || code === DIRECTIVE.elif) current = branches.at(-1);
      else if (code === DIRECTIVE.endif) branches.pop();
      while (i < stream.count && stream.kinds[i] !== KIND.directiveEnd) i++;
      if (isBetween(text, head)) head = i + 1;
      continue;
    }
    const mark = text.mark(i);
    if (mark === BYTE.openBrace) {
      current = scopeAt(text, head, i, current);
      scopes.push(current);
      head = i + 1;
    } else if (mark === BYTE.closeBrace) {
      if (current !== undefined) current.close = i;
      current = current?.outer;
      head = i + 1;
    } else if (mark === BYTE.semicolon && !isInParentheses(text, head, i)) head = i + 1;
  }
  return scopes;
}

/** Whether nothing stands yet of what a directive follows. */
function isBetween({ stream }: SourceText, head: number): boolean {
  return stream.kinds[head] === KIND.directive || stream.kinds[head] === KIND.directiveEnd;
}

/** `for (a; b; c)`. */
function isInParentheses(text: SourceText, head: number, at: number): boolean {
  let depth = 0;
  for (let i = head; i < at; i++) {
    if (text.mark(i) === BYTE.open) depth++;
    else if (text.mark(i) === BYTE.close) depth--;
  }
  return depth > 0;
}

const CLASS_WORDS: ReadonlySet<string> = new Set(["class", "struct", "union"]);

function scopeAt(text: SourceText, head: number, open: number, outer: Scope | undefined): Scope {
  const common = { head, open, close: text.stream.count, outer };
  const first = skipped(text, head, open);
  if (text.word(first) === "namespace") return { ...common, kind: "namespace", ...namespaceWords(text, first + 1, open), member: false };
  if (text.word(first) === "extern" && text.stream.kinds[first + 1] === KIND.string && first + 2 === open)
    return { ...common, kind: "linkage", words: [], wordToken: -1, member: false };
  const inCode = outer !== undefined && (outer.kind === "function" || outer.kind === "block");
  const paren = find(text, head, open, BYTE.open);
  for (let i = head; i < open; i++) {
    if (paren !== -1 && i > paren) break;
    if (text.word(i) === "enum") return { ...common, kind: "enum", words: [], wordToken: -1, member: false };
    if (CLASS_WORDS.has(text.word(i)) && text.mark(i - 1) !== BYTE.less && text.mark(i - 1) !== BYTE.comma)
      return { ...common, kind: "class", ...className(text, i + 1, open), member: false };
  }
  if (!inCode && paren !== -1 && text.mark(open - 1) !== BYTE.equals) {
    const qualified = text.mark(paren - 2) === PUNCTUATION.scope || text.mark(paren - 3) === PUNCTUATION.scope;
    return { ...common, kind: "function", words: [], wordToken: -1, member: outer?.kind === "class" || qualified };
  }
  return { ...common, kind: "block", words: [], wordToken: -1, member: false };
}

function find(text: SourceText, from: number, to: number, mark: number): number {
  for (let i = from; i < to; i++) if (text.mark(i) === mark) return i;
  return -1;
}

function skipped(text: SourceText, from: number, to: number): number {
  let at = from;
  while (at < to && (text.word(at) === "inline" || text.word(at) === "export")) at++;
  return at;
}

function namespaceWords(text: SourceText, from: number, open: number): { words: string[]; wordToken: number } {
  const words: string[] = [];
  let wordToken = -1;
  for (let i = from; i < open; i++) {
    const word = text.word(i);
    if (word === "" || word === "inline") continue;
    if (wordToken === -1) wordToken = i;
    words.push(word);
  }
  return { words, wordToken };
}

/** The last word before a base clause, arguments left out; macros before it are passed over. */
function className(text: SourceText, from: number, open: number): { words: string[]; wordToken: number } {
  let wordToken = -1;
  for (let i = from; i < open; i++) {
    const mark = text.mark(i);
    if (mark === BYTE.colon || mark === BYTE.less || text.word(i) === "final") break;
    if (text.word(i) !== "") wordToken = i;
  }
  return { words: wordToken === -1 ? [] : [text.word(wordToken)], wordToken };
}

/** The innermost scope around a token. */
export function scopeAround(scopes: readonly Scope[], token: number): Scope | undefined {
  let found: Scope | undefined;
  for (const scope of scopes) {
    if (scope.open >= token) break;
    if (token < scope.close) found = scope;
  }
  return found;
}

/** The scopes around a token, from the innermost out. */
export function chainOf(scope: Scope | undefined): Scope[] {
  const chain: Scope[] = [];
  for (let at = scope; at !== undefined; at = at.outer) chain.push(at);
  return chain;
}
