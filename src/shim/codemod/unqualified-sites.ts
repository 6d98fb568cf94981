/** Owns names of the library that are used without their namespace, under a using-directive or -declaration. */
import { BYTE, KIND, PUNCTUATION } from "../../tokens/kinds.js";
import type { OwnName } from "./local-names.js";
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

/** What is known of the file beside its text. */
export interface PlainContext {
  readonly visible: Visible;
  /** Declarations of visible words in this file. */
  readonly own: readonly OwnName[];
  readonly shim: ShimNames;
}

/** The site of a plain word; undefined when the word is none of the library's, or a local, a parameter or a member of that name. */
export function unqualifiedSite(text: SourceText, token: number, { visible, own, shim }: PlainContext): Site | undefined {
  const word = text.word(token);
  const from = visible.get(word);
  if (from === undefined || isMember(text, token) || text.mark(token - 1) === PUNCTUATION.scope) return undefined;
  if (text.mark(token - 1) === BYTE.tilde || text.stream.kinds[token - 1] === KIND.directive) return undefined;
  const others = own.filter(({ name }) => name === word);
  if (others.some((one) => one.token === token || (one.form === "local" && one.from <= token && token < one.to))) return undefined;
  const base = { kind: "use" as const, line: text.line(token), name: from };
  const member = others.find(({ form }) => form === "member");
  const edited = newSpelling(from, word, shim);
  if (edited === undefined) return { ...base, edits: [], left: null };
  if (member !== undefined)
    return { ...base, edits: [], left: { why: "undecided", reason: `it may be the member ${word} (line ${text.line(member.token)})` } };
  const { starts, ends } = text.stream;
  const edits = [{ start: starts[token] as number, end: ends[token] as number, text: edited }];
  const reason = shim.missing.get(from);
  return { ...base, edits, left: reason === undefined ? null : { why: "missing", reason } };
}

/** What stands there from now on, or undefined where it stays: the directive moves on, so what the shim lacks is named in full. */
function newSpelling(from: string, word: string, shim: ShimNames): string | undefined {
  if (shim.missing.has(from)) return from;
  const to = shim.names.get(from)?.to ?? from;
  if (shim.namespaces.get(scopeOf(from)) !== scopeOf(to)) return to;
  return lastOf(to) === word ? undefined : lastOf(to);
}
