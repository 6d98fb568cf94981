/** Owns names that a file gives to things of its own: parameters, locals, members, functions, macros. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { chainOf, type Scope, scopeAround } from "./scopes.js";
import { isMember, type SourceText } from "./source-text.js";

/** A declaration of one of the names that are looked for. */
export interface OwnName {
  readonly name: string;
  readonly token: number;
  /** `definition`: a function with a body, a variable or a type at namespace level; `redeclaration`: a function without a body at global scope. */
  readonly form: "local" | "member" | "definition" | "redeclaration" | "macro";
  /** Tokens between which a local is seen. */
  readonly from: number;
  readonly to: number;
}

/** Declarations of the names. Uses are told from them by what stands around. */
export function ownNames(text: SourceText, scopes: readonly Scope[], isWanted: (name: string) => boolean): OwnName[] {
  const found: OwnName[] = [];
  const { stream } = text;
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] === KIND.directive) {
      if (stream.values[i] === DIRECTIVE.define && isWanted(text.word(i + 1)))
        found.push({ name: text.word(i + 1), token: i + 1, form: "macro", from: 0, to: stream.count });
      while (i < stream.count && stream.kinds[i] !== KIND.directiveEnd) i++;
      continue;
    }
    const name = text.word(i);
    if (name === "" || !isWanted(name)) continue;
    const own = declarationAt(text, scopes, i, name);
    if (own !== undefined) found.push(own);
  }
  return found;
}

function declarationAt(text: SourceText, scopes: readonly Scope[], token: number, name: string): OwnName | undefined {
  if (isMember(text, token)) return undefined;
  const scope = scopeAround(scopes, token);
  const next = text.mark(token + 1);
  const head = scopes.find((one) => one.wordToken === token && one.kind === "class");
  if (head !== undefined)
    return { name, token, form: scope?.kind === "class" ? "member" : "definition", from: token, to: text.stream.count };
  // `Foo::name(` with a body behind it defines a member, which the class declares.
  if (text.mark(token - 1) === PUNCTUATION.scope) return undefined;
  if (scope?.kind === "enum") return next === BYTE.comma || next === BYTE.equals || next === BYTE.closeBrace ? at("definition") : undefined;
  if (!isDeclarator(text, token)) return undefined;
  const body = bodyBehind(scopes, token);
  if (scope === undefined || scope.kind === "namespace" || scope.kind === "linkage") {
    if (body !== undefined && next !== BYTE.open) return { name, token, form: "local", from: token, to: body.close };
    if (isParameter(text, token)) return undefined;
    if (next === BYTE.open && body === undefined) return isGlobal(scope) ? at("redeclaration") : at("definition");
    return at("definition");
  }
  if (scope.kind === "class") {
    if (body !== undefined && next !== BYTE.open) return { name, token, form: "local", from: token, to: body.close };
    return isParameter(text, token) ? undefined : { name, token, form: "member", from: scope.open, to: scope.close };
  }
  return { name, token, form: "local", from: token, to: scope.close };

  function at(form: OwnName["form"]): OwnName {
    return { name, token, form, from: token, to: text.stream.count };
  }
}

function isGlobal(scope: Scope | undefined): boolean {
  return chainOf(scope).every(({ kind }) => kind === "linkage");
}

/** A type stands before the word, and something that ends a declarator behind it. */
function isDeclarator(text: SourceText, token: number): boolean {
  if (!ENDS_DECLARATOR.has(text.mark(token + 1))) return false;
  const before = text.word(token - 1);
  if (before !== "") return !NO_TYPES.has(before);
  if (text.mark(token - 1) === BYTE.greater) return text.mark(token + 1) !== BYTE.open;
  if (text.mark(token - 1) !== BYTE.star && text.mark(token - 1) !== BYTE.ampersand) return false;
  let at = token - 1;
  while (text.mark(at) === BYTE.star || text.mark(at) === BYTE.ampersand || text.word(at) === "const") at--;
  // `a * name;` in the midst of an expression is a product; at the start of a statement or a parameter it declares.
  const type = text.word(at);
  if (type === "" || NO_TYPES.has(type)) return text.mark(at) === BYTE.greater;
  let start = at - 1;
  while (text.word(start) !== "" || text.mark(start) === PUNCTUATION.scope) start--;
  return text.stream.kinds[start] !== KIND.number && STARTS_DECLARATION.has(text.mark(start));
}

const ENDS_DECLARATOR: ReadonlySet<number> = new Set([
  BYTE.semicolon,
  BYTE.comma,
  BYTE.close,
  BYTE.equals,
  BYTE.open,
  BYTE.openSquare,
  BYTE.openBrace,
  BYTE.colon,
]);

const STARTS_DECLARATION: ReadonlySet<number> = new Set([
  -1,
  BYTE.semicolon,
  BYTE.openBrace,
  BYTE.closeBrace,
  BYTE.open,
  BYTE.comma,
  BYTE.colon,
]);

const NO_TYPES: ReadonlySet<string> = new Set(
  "return else case goto throw new delete sizeof not and or do co_return co_await co_yield using namespace public private protected typename typedef operator defined if while for switch default class struct union enum".split(
    " ",
  ),
);

/** The function whose parameters the token stands among: its body comes behind. */
function bodyBehind(scopes: readonly Scope[], token: number): Scope | undefined {
  return scopes.find((scope) => scope.kind === "function" && scope.head <= token && token < scope.open);
}

/** Inside the parentheses of a declaration without a body. */
function isParameter(text: SourceText, token: number): boolean {
  let depth = 0;
  for (let i = token - 1; i >= 0; i--) {
    const mark = text.mark(i);
    if (mark === BYTE.close) depth++;
    else if (mark === BYTE.open && depth-- === 0) return true;
    else if (mark === BYTE.semicolon || mark === BYTE.openBrace || mark === BYTE.closeBrace) return false;
  }
  return false;
}
