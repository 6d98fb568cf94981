/** Owns the change of one revision in a DEPS file: that entry gets it, every other byte and every other pin stays. */
import { type DepsFile, type DepsValue, parseDeps } from "./deps-file.js";
import { depsPin, invalidPin } from "./deps-pin.js";
import type { DepsToken } from "./deps-tokens.js";

/**
 * The text with another revision for `key`. One that comes from a variable is written out in its place, since others may use
 * the variable. Throws `input-invalid` where the revision does not stand by itself.
 *
 * @param text one character per byte
 */
export function repinDeps(text: string, key: string, revision: string): string {
  if (depsPin(text, key).revision === revision) return text;
  const part = revisionPart(text, parseDeps(text), key);
  const next = `${text.slice(0, part.from)}${part.quoted ? revision : `'${revision}'`}${text.slice(part.to)}`;
  if (depsPin(next, key).revision === revision && samePins(text, next, key)) return next;
  throw invalidPin(key, "cannot be given another revision without a change elsewhere");
}

/** A piece of an "address@revision": what it comes to, and where it stands. */
interface Part {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** Inside of a string's quotes. */
  readonly quoted: boolean;
}

function revisionPart(text: string, file: DepsFile, key: string): Part {
  const parts = valueTokens(file, key).flatMap((token, at, tokens) => partsOf(text, file, token, [tokens[at - 2], tokens[at - 1]]));
  const at = parts.findLastIndex((part) => part.text.includes("@"));
  const marked = parts[at];
  if (marked === undefined) throw invalidPin(key, "has no revision behind an '@'");
  const behind = marked.text.slice(marked.text.lastIndexOf("@") + 1);
  const own = behind === "" || !marked.quoted ? [] : [{ ...marked, text: behind, from: marked.to - behind.length }];
  const found = [...own, ...parts.slice(at + 1).filter((part) => part.text !== "")];
  const [only] = found;
  const inVariable = behind !== "" && text.slice(marked.from, marked.to) !== marked.text;
  if (found.length === 1 && only !== undefined && !inVariable) return only;
  throw invalidPin(key, "has a revision that is put together of several pieces, or comes with the address out of one variable");
}

function valueTokens(file: DepsFile, key: string): readonly DepsToken[] {
  const value = file.deps.get(key);
  const places = typeof value === "object" && value.kind === "dict" ? value.places.get("url") : file.places.get(key);
  return places ?? [];
}

/** The two tokens before one. */
type Before = readonly [DepsToken | undefined, DepsToken | undefined];

/** Of a string its runs and its `{name}`s; of a call of Var() the whole call. */
function partsOf(text: string, file: DepsFile, token: DepsToken, [callee, opening]: Before): Part[] {
  if (token.type === "name" && token.text === "Var") {
    const call = /^Var\s*\(\s*(["'])([^"'\\]+)\1\s*\)/.exec(text.slice(token.from));
    return call === null ? [] : [{ text: variable(file, call[2] ?? ""), from: token.from, to: token.from + call[0].length, quoted: false }];
  }
  const isArgument = opening?.text === "(" && opening.type === "mark" && callee?.text === "Var" && callee.type === "name";
  if (token.type !== "string" || isArgument) return [];
  const width = /^("""|''')/.test(text.slice(token.from)) ? 3 : 1;
  const inside = text.slice(token.from + width, token.to - width);
  return [...inside.matchAll(/\{(\w+)\}|[^{]+|\{/g)].map((match) => {
    const from = token.from + width + match.index;
    return { text: match[1] === undefined ? match[0] : variable(file, match[1]), from, to: from + match[0].length, quoted: true };
  });
}

function variable(file: DepsFile, name: string): string {
  const value: DepsValue | undefined = file.vars.get(name);
  return typeof value === "string" ? value : "";
}

/** Every other entry says what it said. */
function samePins(before: string, after: string, key: string): boolean {
  const [old, next] = [parseDeps(before), parseDeps(after)];
  const same = [...old.deps].every(([name, value]) => name === key || said(value) === said(next.deps.get(name)));
  return same && old.deps.size === next.deps.size && [...old.vars].every(([name, value]) => said(value) === said(next.vars.get(name)));
}

function said(value: DepsValue | undefined): string {
  if (value === undefined || typeof value === "string") return JSON.stringify(value ?? null);
  return value.kind === "other" ? value.text : JSON.stringify([...value.entries].map(([name, inner]) => [name, said(inner)]));
}
