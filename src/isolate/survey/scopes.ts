/** Owns the walk over the declarations outside of bodies: braces, linkage blocks and namespaces tracked through `#if` branches. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import type { TokenStream } from "../../tokens/stream.js";
import { atDirective, type Branch } from "./branches.js";
import { braceSkipper, MOST_RESTARTS, restartBehind, skipTokens } from "./skip-body.js";
import { BLOCK, type DeclarationVisitor, type OpenScope, type Scope, type ScopeChange, type State } from "./scope-model.js";

/** The namespace that a file is included in. */
const OUTER_NAMESPACE: OpenScope = { opening: "namespace", brace: -1, closes: 1, optional: undefined };

/** Walks over all declarations of a file outside of function bodies, class bodies and initialisers. `isNested`: it is included inside a namespace. */
export function walkDeclarations(
  stream: TokenStream,
  zeroAt: (token: number) => boolean,
  visitor: DeclarationVisitor,
  isNested = false,
): void {
  const scopes: readonly OpenScope[] = isNested ? [OUTER_NAMESPACE] : [];
  let state: State = {
    scopes,
    scope: scopeIn(scopes),
    scopeFor: scopes,
    depth: 0,
    parens: 0,
    objective: false,
    statement: [],
    resume: false,
    opened: 0,
  };
  const branches: Branch[] = [];
  let skipBody = stream.braceCount < 0 ? skipTokens : braceSkipper(stream);
  const { kinds, values, count } = stream;
  for (let i = 0, restarts = 0; i <= count; i++) {
    if (i === count) {
      const restart = restarts++ < MOST_RESTARTS ? restartBehind(stream, state, visitor) : count;
      if (restart === count) break;
      Object.assign(state, { depth: 0, parens: 0, statement: [] });
      skipBody = stream.braceCount < 0 ? skipTokens : braceSkipper(stream);
      i = restart;
    }
    const kind = kinds[i] as number;
    if (kind === KIND.directive) {
      state = atDirective(values[i] as number, state, branches, () => zeroAt(i + 1));
      const start = i;
      if (
        values[start] === DIRECTIVE.include &&
        isHead(stream, state) &&
        visitor.bodyIncluded?.(state.statement, scopeOf(state), start) === true
      )
        state.statement = [];
      while (i < count && kinds[i] !== KIND.directiveEnd) i++;
      if (state.others !== undefined && values[start] === DIRECTIVE.endif) finishOthers(stream, i + 1, state, visitor);
      visitor.directive?.(start, i, state.depth > 0 && (state.resume || scopeOf(state).namespaced), scopeOf(state));
      continue;
    }
    if (state.depth > 0) {
      i = skipBody(stream, i, state);
      continue;
    }
    const end = state.statement.length === 0 ? skim(stream, i, state, visitor) : -1;
    if (end >= 0) {
      i = end;
      continue;
    }
    if (kind !== KIND.punctuation) {
      const change =
        kind === KIND.identifier && state.parens === 0 ? visitor.word?.(i, scopeOf(state), mayBegin(stream, i, state)) : undefined;
      if (change !== undefined) i = applyChange(i, change, state, visitor);
      else state.statement.push(i);
      continue;
    }
    atPunctuation(stream, i, state, visitor);
  }
  if (state.depth === 0 && state.statement.length > 0) visitor.rest?.(state.statement, scopeOf(state));
}

/** Whether what stands at declaration level may be the head of a function. */
function isHead({ kinds, values }: TokenStream, { depth, parens, statement }: State): boolean {
  const last = statement.at(-1);
  return depth === 0 && parens === 0 && last !== undefined && kinds[last] === KIND.punctuation && values[last] === BYTE.close;
}

/** What other branches began ends with them when a `{` or a `;` stands right behind the `#endif`. */
function finishOthers({ kinds, values }: TokenStream, next: number, state: State, visitor: DeclarationVisitor): void {
  const value = kinds[next] === KIND.punctuation ? values[next] : undefined;
  for (const statement of state.others ?? []) {
    if (value === BYTE.openBrace) visitor.otherHead?.(statement, scopeOf(state), next);
    else if (value === BYTE.semicolon) visitor.declaration(statement, scopeOf(state));
  }
  state.others = undefined;
}

/**
 * Passes over a declaration, or its head and its `{`, of which nothing matters; gives its last token, or -1 when it must
 * be read: it has one of the words, a preprocessor line inside, or braces in parentheses.
 */
function skim({ kinds, values, count }: TokenStream, from: number, state: State, visitor: DeclarationVisitor): number {
  const words = state.objective || state.scopes.length === 0 ? undefined : visitor.onlyWords?.(scopeOf(state));
  if (words === undefined) return -1;
  const [first, second] = words;
  let parens = 0;
  for (let i = from; i < count; i++) {
    const kind = kinds[i];
    const value = values[i] as number;
    if (kind === KIND.directive) return -1;
    if (kind === KIND.identifier) {
      if (value === first || value === second) return -1;
    } else if (kind === KIND.punctuation) {
      if (value === BYTE.semicolon) return i;
      if (value === BYTE.closeBrace) return i > from ? i - 1 : -1;
      if (value === BYTE.at || (value === BYTE.openBrace && parens > 0)) return -1;
      if (value === BYTE.open) parens++;
      else if (value === BYTE.close && parens > 0) parens--;
      else if (value === BYTE.openBrace) {
        state.depth = 1;
        state.resume = false;
        state.opened = i;
        return i;
      }
    }
  }
  return -1;
}

function atPunctuation(stream: TokenStream, token: number, state: State, visitor: DeclarationVisitor): void {
  const value = stream.values[token] as number;
  if (value === BYTE.openBrace) return open(token, state, visitor);
  if (value === BYTE.closeBrace) return close(token, state, visitor);
  if (value === BYTE.semicolon) {
    if (state.parens > 0 && closesBehind(stream, token, state.parens)) {
      state.statement.push(token);
      return;
    }
    if (state.statement.length > 0) visitor.declaration(state.statement, scopeOf(state));
    state.statement = [];
    state.parens = 0;
    return;
  }
  if (value === BYTE.at ? !beginsLiteral(stream, token, state) : state.objective && beginsMethod(value, state, stream)) {
    state.objective = true;
    state.statement = [];
    if (value === BYTE.at) visitor.atSign?.(token);
  }
  if (value === BYTE.open) state.parens++;
  else if (value === BYTE.close && state.parens > 0) state.parens--;
  state.statement.push(token);
}

/** How far the end of a macro's argument is looked for. */
const LONGEST_ARGUMENT = 4000;

/** Whether the parentheses around a `;` are closed before anything else that ends a declaration: it stands in a macro's argument. */
function closesBehind({ kinds, values, count }: TokenStream, token: number, parens: number): boolean {
  let depth = parens;
  let braces = 0;
  for (let i = token + 1; i < count && i - token < LONGEST_ARGUMENT; i++) {
    if (kinds[i] === KIND.directive) return false;
    if (kinds[i] !== KIND.punctuation) continue;
    const value = values[i];
    if (value === BYTE.open) depth++;
    else if (value === BYTE.close && --depth === 0) return true;
    else if (value === BYTE.openBrace) braces++;
    else if (value === BYTE.closeBrace && --braces < 0) return false;
  }
  return false;
}

/** `@"text"`, `@[…]`, `@selector(…)` behind `=` or in parentheses: a value, where `@implementation` begins something new. */
function beginsLiteral({ kinds, values }: TokenStream, token: number, { parens, statement }: State): boolean {
  if (kinds[token + 1] !== KIND.identifier) return parens > 0 || statement.length > 0;
  return statement.some((before) => kinds[before] === KIND.punctuation && values[before] === BYTE.equals);
}

/** `+` or `-` of Objective-C, which no expression stands before. */
function beginsMethod(value: number, { parens, statement }: State, { kinds, values }: TokenStream): boolean {
  if (parens > 0 || (value !== BYTE.plus && value !== BYTE.minus)) return false;
  return !statement.some((token) => kinds[token] === KIND.punctuation && values[token] === BYTE.equals);
}

function open(brace: number, state: State, visitor: DeclarationVisitor): void {
  const opening = state.parens > 0 ? "continue" : visitor.open(lastParts(state.statement), scopeOf(state), brace);
  if (opening !== "body" && opening !== "continue") {
    state.scopes = [...state.scopes, { opening, brace, closes: 1, optional: undefined }];
    state.statement = [];
    return;
  }
  state.depth = 1;
  state.opened = brace;
  state.resume = opening === "continue";
  if (state.resume) state.statement.push(BLOCK);
}

/** No declaration has more braced parts before the `{` that is looked at. */
const MOST_PARTS = 16;

/** A statement without its beginning where that lies behind too many braced parts: a file of assembler, say, which nothing ends. */
function lastParts(statement: readonly number[]): readonly number[] {
  let from = statement.length;
  for (let parts = 0; parts <= MOST_PARTS; parts++) {
    from = statement.lastIndexOf(BLOCK, from - 1);
    if (from <= 0) return statement;
  }
  return statement.slice(from + 1);
}

function close(token: number, state: State, visitor: DeclarationVisitor): void {
  if (state.statement.length > 0) visitor.rest?.(state.statement, scopeOf(state));
  const closed = state.scopes.at(-1);
  if (closed !== undefined && closed.closes > 1) state.scopes = [...state.scopes.slice(0, -1), { ...closed, closes: closed.closes - 1 }];
  else {
    if (closed?.opening === "namespace") visitor.leaveNamespace(closed.brace, token);
    state.scopes = state.scopes.slice(0, -1);
  }
  state.statement = [];
  state.parens = 0;
}

/** A macro opens or closes scopes; gives its last token. */
function applyChange(token: number, change: ScopeChange, state: State, visitor: DeclarationVisitor): number {
  const { opening, opens, closes, optional, end } = change;
  if (state.statement.length > 0) visitor.rest?.(state.statement, scopeOf(state));
  state.statement = [];
  for (let i = 0; i < closes && state.scopes.at(-1)?.optional === optional; i++) close(token, state, visitor);
  if (opening !== undefined) state.scopes = [...state.scopes, { opening, brace: token, closes: opens, optional }];
  return end;
}

/** At the beginning, or behind what may be the call of a macro. */
function mayBegin({ kinds, values }: TokenStream, token: number, { statement }: State): boolean {
  return (
    statement.length === 0 ||
    (kinds[token - 1] === KIND.punctuation && values[token - 1] === BYTE.close) ||
    kinds[token - 1] === KIND.directiveEnd
  );
}

function scopeOf(state: State): Scope {
  if (state.scopeFor !== state.scopes) {
    state.scope = scopeIn(state.scopes);
    state.scopeFor = state.scopes;
  }
  return state.scope;
}

function scopeIn(scopes: readonly OpenScope[]): Scope {
  if (scopes.length === 0) return TOP;
  const namespaces = scopes.filter((scope) => scope.opening === "namespace").map((scope) => scope.brace);
  const linkage = scopes.findLast((scope) => scope.opening !== "namespace");
  return { namespaced: namespaces.length > 0, linkageC: linkage?.opening === "linkage-c", namespaces };
}

const TOP: Scope = { namespaced: false, linkageC: false, namespaces: [] };
