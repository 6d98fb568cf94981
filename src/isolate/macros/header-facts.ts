/** Owns what one header does to the preprocessor: macros it defines and tests, files it includes, its guard. */
import { DIRECTIVE, KIND } from "../../tokens/kinds.js";
import { definitionAt, type MacroDefinition } from "./macro-definition.js";
import { type Branches, createBranches } from "./branches.js";
import { directiveEndOf, type Tokens } from "./tokens-of.js";

/** One `#include`, `#import` or `#include_next` line. */
export interface IncludeLine {
  /** As written, without its quotes; undefined when a macro gives it. */
  readonly path: string | undefined;
  readonly angled: boolean;
  readonly line: number;
  readonly next: boolean;
}

export interface HeaderFacts {
  /** Relative to the tree. */
  readonly path: string;
  readonly macros: readonly MacroDefinition[];
  /** `#undef` lines. */
  readonly undefined: readonly { readonly name: string; readonly line: number }[];
  readonly includes: readonly IncludeLine[];
  readonly guard: { readonly name: string; readonly line: number } | undefined;
  /** Line of `#pragma once`. */
  readonly once: number | undefined;
  /** Lines of `__has_include`. */
  readonly asksForFiles: readonly number[];
  /** Ids of the identifiers outside of its `#define NAME`, its guard and its `#undef` lines: what it uses. */
  readonly uses: ReadonlySet<number>;
}

/** Reads one header. */
export function headerFacts(path: string, tokens: Tokens): HeaderFacts {
  const { stream } = tokens;
  const guard = guardOf(tokens);
  const found = {
    macros: [] as MacroDefinition[],
    undefined: [] as { name: string; line: number }[],
    includes: [] as IncludeLine[],
    asksForFiles: [] as number[],
    uses: new Set<number>(),
  };
  let once: number | undefined;
  const branches = createBranches(tokens, guard === undefined ? 0 : 1);
  for (let i = 0; i < stream.count; i++) {
    if (stream.kinds[i] === KIND.identifier) found.uses.add(stream.values[i] as number);
    if (stream.kinds[i] !== KIND.directive) continue;
    const end = directiveEndOf(stream, i);
    const code = stream.values[i];
    branches.at(i, end);
    if (code === DIRECTIVE.define) atDefine(tokens, i, end, branches, guard?.name, found);
    else if (code === DIRECTIVE.undef) found.undefined.push({ name: tokens.text(i + 1), line: tokens.line(i) });
    else if (code === DIRECTIVE.include) found.includes.push(includeAt(tokens, i));
    else if (code === DIRECTIVE.pragma && end === i + 2 && tokens.text(i + 1) === "once") once = tokens.line(i);
    else if (code === DIRECTIVE.if || code === DIRECTIVE.elif) atCondition(tokens, i, end, guard?.line, found);
    i = end;
  }
  return { path, ...found, guard, once };
}

interface Found {
  readonly macros: MacroDefinition[];
  readonly asksForFiles: number[];
  readonly uses: Set<number>;
}

function atDefine(tokens: Tokens, at: number, end: number, branches: Branches, guard: string | undefined, found: Found): void {
  const definition = definitionAt(tokens, at, end, { conditional: branches.conditional(), absent: branches.absent });
  if (definition !== undefined && definition.name !== guard) found.macros.push(definition);
  for (let i = at + 2; i < end; i++) if (tokens.stream.kinds[i] === KIND.identifier) found.uses.add(tokens.stream.values[i] as number);
}

function atCondition(tokens: Tokens, at: number, end: number, guardLine: number | undefined, found: Found): void {
  const line = tokens.line(at);
  if (line === guardLine) return;
  for (let i = at + 1; i < end; i++) {
    if (tokens.stream.kinds[i] !== KIND.identifier) continue;
    found.uses.add(tokens.stream.values[i] as number);
    if (tokens.text(i).startsWith("__has_include")) found.asksForFiles.push(line);
  }
}

function includeAt(tokens: Tokens, at: number): IncludeLine {
  const written = tokens.stream.kinds[at + 1] === KIND.includePath ? tokens.text(at + 1) : undefined;
  const next = tokens.text(at).endsWith("include_next");
  return { path: written?.slice(1, -1), angled: written?.startsWith("<") === true, line: tokens.line(at), next };
}

/** `#ifndef X` (or `#if !defined X`) and `#define X` as first lines, with the last `#endif` at the end of the file. */
function guardOf(tokens: Tokens): HeaderFacts["guard"] {
  const { kinds, values, count } = tokens.stream;
  if (count === 0 || kinds[0] !== KIND.directive || values[0] !== DIRECTIVE.if) return undefined;
  const firstEnd = directiveEndOf(tokens.stream, 0);
  const name = guardName(tokens, firstEnd);
  let define = firstEnd + 1;
  while (kinds[define] === KIND.directive && values[define] === DIRECTIVE.pragma) define = directiveEndOf(tokens.stream, define) + 1;
  if (name === undefined || kinds[define] !== KIND.directive || values[define] !== DIRECTIVE.define) return undefined;
  if (tokens.text(define + 1) !== name || !endsWithEndif(tokens)) return undefined;
  return { name, line: tokens.line(0) };
}

function guardName(tokens: Tokens, end: number): string | undefined {
  const word = tokens.text(0).replace(/^#\s*/, "");
  if (word === "ifndef" && end === 2) return tokens.text(1);
  const line = Array.from({ length: end - 1 }, (_, i) => tokens.text(i + 1)).join(" ");
  return word === "if" ? /^! defined \(? ?(\w+)(?: \))?$/.exec(line)?.[1] : undefined;
}

function endsWithEndif({ stream }: Tokens): boolean {
  const { kinds, values, count } = stream;
  for (let i = count - 1; i > 0; i--) {
    if (kinds[i] === KIND.directive) return values[i] === DIRECTIVE.endif && directiveEndOf(stream, i) >= count - 1;
  }
  return false;
}
