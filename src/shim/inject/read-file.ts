/** Owns what one file of a component says by its tokens: guard, includes, namespaces, names that others see, macros. */
import { BYTE, DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { classesIn } from "../codemod/classes-ahead.js";
import { ownNames } from "../codemod/local-names.js";
import { chainOf, readScopes, type Scope, scopeAround } from "../codemod/scopes.js";
import { includedPath, isHeader, isIncludePath, type SourceText } from "../codemod/source-text.js";
import type { ComponentFile, GivenName, IncludeLine } from "./model.js";

export function readComponentFile(text: SourceText): ComponentFile {
  const scopes = readScopes(text);
  const guard = guardOf(text);
  return {
    path: text.file,
    isHeader: isHeader(text.file),
    guard,
    words: wordsOf(text),
    ...directives(text, guard),
    namespaces: scopes.filter((scope) => holdsOwn(text, scopes, scope)).map((scope) => pathOf(scope)),
    names: namesOf(text, scopes, guard),
  };
}

function wordsOf(text: SourceText): Set<string> {
  const words = new Set<string>();
  for (let i = 0; i < text.stream.count; i++) words.add(text.word(i));
  words.delete("");
  return words;
}

/** `#ifndef X` (or `#if !defined(X)`) and `#define X`, before all else. */
function guardOf(text: SourceText): string | undefined {
  const { stream, bytes } = text;
  if (stream.count === 0 || stream.kinds[0] !== KIND.directive || stream.values[0] !== DIRECTIVE.if) return undefined;
  let name = "";
  if (bytes.toString("latin1", stream.starts[0] as number, stream.ends[0] as number).endsWith("ifndef")) name = text.word(1);
  else if (text.mark(1) === BYTE.exclamation && text.word(2) === "defined") name = text.word(3) || text.word(4);
  let end = 1;
  while (end < stream.count && stream.kinds[end] !== KIND.directiveEnd) end++;
  const isDefined = stream.values[end + 1] === DIRECTIVE.define && stream.kinds[end + 1] === KIND.directive && text.word(end + 2) === name;
  return name !== "" && isDefined ? name : undefined;
}

function directives(text: SourceText, guard: string | undefined): Pick<ComponentFile, "once" | "includes" | "macros"> {
  const { stream } = text;
  const includes: IncludeLine[] = [];
  const macros: { name: string; line: number; words: string[] }[] = [];
  let once = 0;
  let depth = guard === undefined ? 0 : -1;
  for (let i = 0; i < stream.count; i++) {
    if (isIncludePath(text, i)) {
      const angled = text.bytes[stream.starts[i] as number] === BYTE.less;
      includes.push({ line: text.line(i), spelling: includedPath(text, i), angled, conditional: depth > 0 });
    }
    if (stream.kinds[i] !== KIND.directive) continue;
    const code = stream.values[i];
    if (code === DIRECTIVE.if) depth++;
    else if (code === DIRECTIVE.endif) depth--;
    else if (code === DIRECTIVE.pragma && text.word(i + 1) === "once") once = text.line(i);
    else if (code === DIRECTIVE.define && text.word(i + 1) !== guard) {
      const words: string[] = [];
      for (let at = i + 2; at < stream.count && stream.kinds[at] !== KIND.directiveEnd; at++)
        if (text.word(at) !== "") words.push(text.word(at));
      macros.push({ name: text.word(i + 1), line: text.line(i), words });
    }
  }
  return { once, includes, macros };
}

function pathOf(scope: Scope | undefined): string[] {
  return chainOf(scope)
    .filter(({ kind }) => kind === "namespace")
    .toReversed()
    .flatMap(({ words }) => words);
}

function isUnnamed(scope: Scope): boolean {
  return scope.kind === "namespace" && scope.words.length === 0;
}

/** A namespace that is named, as those around it are, and has something of its own in it. */
function holdsOwn(text: SourceText, scopes: readonly Scope[], scope: Scope): boolean {
  if (scope.kind !== "namespace" || chainOf(scope).some(isUnnamed)) return false;
  if (classesIn(text, scope) !== undefined) return false;
  const inner = scopes.filter(({ outer, kind }) => outer === scope && kind === "namespace");
  let at = scope.open + 1;
  for (const { head, close } of inner) {
    if (head !== at) return true;
    at = close + 1;
  }
  return at !== scope.close;
}

/** Definitions that other files could see: none in an unnamed namespace, no members, and in sources none that are the file's own. */
function namesOf(text: SourceText, scopes: readonly Scope[], guard: string | undefined): GivenName[] {
  return ownNames(text, scopes, (name) => name !== guard)
    .filter(({ form }) => form === "definition")
    .flatMap(({ name, token }) => {
      const scope = scopeAround(scopes, token);
      const around = chainOf(scope);
      if (around.some((one) => isUnnamed(one) || one.kind === "class" || one.kind === "function")) return [];
      return !isHeader(text.file) && isStatic(text, token) ? [] : [{ name, line: text.line(token), scope: pathOf(scope) }];
    });
}

/** `static`, or a variable that is `constexpr` or `const` itself: a pointer to what is const is neither. */
function isStatic(text: SourceText, token: number): boolean {
  let canBeConst = text.mark(token + 1) !== BYTE.open;
  for (let i = token - 1; i >= 0; i--) {
    const mark = text.mark(i);
    if (mark === BYTE.semicolon || mark === BYTE.openBrace || mark === BYTE.closeBrace) return false;
    if (text.stream.kinds[i] === KIND.directiveEnd) return false;
    const word = text.word(i);
    if (word === "static" || (word === "const" && canBeConst)) return true;
    if (word === "constexpr") return text.mark(token + 1) !== BYTE.open;
    if (mark === BYTE.star) canBeConst = false;
  }
  return false;
}
