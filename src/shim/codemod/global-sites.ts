/** Owns names of the library that have no namespace: a C library's functions, types, constants and macros. */
import { BYTE, DIRECTIVE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { AppFacts } from "./app-facts.js";
import type { OwnName } from "./local-names.js";
import { chainOf, type Scope, scopeAround } from "./scopes.js";
import type { ShimNames } from "./shim-names.js";
import type { Site } from "./site.js";
import { directiveAt, isInnerWord, isMember, type SourceText } from "./source-text.js";

/** What is known of the file beside its text. */
export interface GlobalContext {
  readonly shim: ShimNames;
  readonly facts: AppFacts;
  readonly scopes: readonly Scope[];
  /** The file and all that it includes. */
  readonly seen: ReadonlySet<string>;
  /** Declarations of these names in this file. */
  readonly own: readonly OwnName[];
}

/** The site of a plain word; undefined when it is none of the library's, or another thing of the same name. */
export function globalSite(text: SourceText, token: number, context: GlobalContext): Site | undefined {
  const { shim } = context;
  const word = text.word(token);
  const name = shim.globals.get(word);
  const reason = shim.missingGlobals.get(word);
  if (
    (name === undefined && reason === undefined) ||
    isMember(text, token) ||
    isInnerWord(text, token) ||
    text.mark(token - 1) === BYTE.tilde
  )
    return undefined;
  const declared = context.own.find((one) => one.token === token);
  if (declared !== undefined && declared.form !== "redeclaration") return undefined;
  const isGlobal = text.mark(token - 1) === PUNCTUATION.scope;
  if (!isGlobal && context.own.some((one) => one.name === word && one.form === "local" && one.from <= token && token < one.to))
    return undefined;
  const base = { kind: "use" as const, line: text.line(token), name: word };
  if (declared !== undefined)
    return undecided(base, "the application declares the library's function itself: include the shim's header instead");
  const doubt = doubtOf(text, token, word, context);
  if (doubt !== undefined) return undecided(base, doubt);
  if (reason !== undefined || name === undefined) return { ...base, edits: [], left: { why: "missing", reason: reason ?? "" } };
  if (name.to.includes("::")) {
    const obstacle = text.isC ? "this is a C file: it cannot use the shim's C++ names" : macroOnly(text, token);
    if (obstacle !== undefined) return undecided(base, obstacle);
  }
  const { starts, ends } = text.stream;
  return { ...base, edits: [{ start: starts[token] as number, end: ends[token] as number, text: name.to }], left: null };
}

/** Why a qualified name cannot stand where a macro does. */
function macroOnly(text: SourceText, token: number): string | undefined {
  const directive = directiveAt(text, token);
  if (directive !== undefined && directive !== DIRECTIVE.define) return "the preprocessor asks for it, and in the shim it is no macro";
  if ([token - 1, token + 1].some((at) => text.mark(at) === PUNCTUATION.paste) || text.mark(token - 1) === BYTE.hash)
    return "a macro pastes or quotes it";
  const { kinds } = text.stream;
  if (kinds[token - 1] === KIND.string || kinds[token + 1] === KIND.string)
    return "it is joined to the text beside it, which only a macro can be";
  return undefined;
}

function undecided(base: Pick<Site, "kind" | "line" | "name">, reason: string): Site {
  return { ...base, edits: [], left: { why: "undecided", reason } };
}

/** What makes the text alone too little to tell: a member, a macro or a function of the application of the same name. */
function doubtOf(text: SourceText, token: number, word: string, { facts, scopes, seen }: GlobalContext): string | undefined {
  if (text.mark(token - 1) === PUNCTUATION.scope) return undefined;
  const places = facts.own.get(word)?.filter(({ file }) => seen.has(file)) ?? [];
  const apps = places.find(({ form }) => form === "definition" || form === "macro");
  if (apps !== undefined) return `the application has its own ${word} (${apps.file}:${apps.line})`;
  const member = places.find(({ form }) => form === "member");
  if (member === undefined) return undefined;
  const inMember = chainOf(scopeAround(scopes, token)).some((scope) => scope.kind === "class" || scope.member);
  return inMember ? `in a member function it may be the member ${word} (${member.file}:${member.line})` : undefined;
}
