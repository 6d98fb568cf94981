/** Owns names of the library that are used without their namespace, under a using-directive or -declaration. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import { lastOf, scopeOf, type ShimNames } from "./shim-names.js";
import type { Site } from "./site.js";
import { isMember, type SourceText } from "./source-text.js";

/** What a file sees: last words with the library's whole names. */
export type Visible = ReadonlyMap<string, string>;

/** Names that directives and declarations make visible; those that the application gives to something of its own are its own. */
export function visibleNames(
  directives: Iterable<string>,
  declarations: Iterable<string>,
  shim: ShimNames,
  isOwn: (name: string) => boolean,
): Visible {
  const visible = new Map<string, string>();
  for (const namespace of directives) for (const name of shim.inNamespace.get(namespace) ?? []) visible.set(lastOf(name), name);
  for (const name of declarations) if (shim.names.has(name) || shim.missing.has(name)) visible.set(lastOf(name), name);
  for (const word of visible.keys()) if (isOwn(word)) visible.delete(word);
  return visible;
}

/** The site of a plain word; undefined when the word is none of the library's. */
export function unqualifiedSite(text: SourceText, token: number, visible: Visible, shim: ShimNames): Site | undefined {
  const word = text.word(token);
  const from = visible.get(word);
  if (from === undefined || isMember(text, token) || text.mark(token - 1) === PUNCTUATION.scope) return undefined;
  if (text.mark(token - 1) === BYTE.tilde || text.stream.kinds[token - 1] === KIND.directive) return undefined;
  const base = { kind: "use" as const, line: text.line(token), name: from };
  const reason = shim.missing.get(from);
  const { starts, ends } = text.stream;
  // The directive moves on: what the shim lacks is named in full from now on.
  if (reason !== undefined)
    return {
      ...base,
      edits: [{ start: starts[token] as number, end: ends[token] as number, text: from }],
      left: { why: "missing", reason },
    };
  const to = shim.names.get(from)?.to ?? from;
  const isSame = lastOf(to) === word && shim.namespaces.get(scopeOf(from)) === scopeOf(to);
  if (isSame) return { ...base, edits: [], left: null };
  const name = shim.namespaces.get(scopeOf(from)) === scopeOf(to) ? lastOf(to) : to;
  return { ...base, edits: [{ start: starts[token] as number, end: ends[token] as number, text: name }], left: null };
}
