/** Owns call sites that name a namespace of the library: uses, using-directives and -declarations, namespace aliases. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { readWords } from "./app-facts.js";
import { resolveName, type ShimNames } from "./shim-names.js";
import type { Edit, Site } from "./site.js";
import { isInnerWord, isMember, type SourceText } from "./source-text.js";

/** The site whose name starts at the token, or undefined when none does. The caller passes over `end - 1` tokens. */
export function qualifiedSite(text: SourceText, token: number, shim: ShimNames): { site: Site; end: number } | undefined {
  if (!shim.roots.has(text.word(token)) || isMember(text, token) || isInnerWord(text, token)) return undefined;
  const { words, tokens, end } = readWords(text, token);
  const kind = kindOf(text, token, end);
  if (kind === undefined) return undefined;
  const resolution = resolveName(words, shim);
  const base = { kind, line: text.line(token), name: words.join("::") };
  if (resolution.status === "missing")
    return { end, site: { ...base, name: resolution.from, edits: [], left: { why: "missing", reason: resolution.reason } } };
  if (resolution.status === "unknown")
    return {
      end,
      site: { ...base, name: resolution.from, edits: [], left: { why: "missing", reason: "the shim's manifest does not know this name" } },
    };
  if (resolution.status === "namespace" && kind !== "directive" && kind !== "alias")
    return { end, site: { ...base, edits: [], left: { why: "undecided", reason: "a namespace stands here without a name of it" } } };
  if (text.isC)
    return {
      end,
      site: { ...base, edits: [], left: { why: "undecided", reason: "this is a C file: it cannot use the shim's C++ names" } },
    };
  return { end, site: { ...base, edits: wordEdits(text, tokens.slice(0, resolution.words), resolution.to.split("::")), left: null } };
}

/** Word by word where there are as many, so that all between them stays; else the whole name at once. */
function wordEdits({ stream, word }: SourceText, tokens: readonly number[], to: readonly string[]): Edit[] {
  const at = (token: number | undefined): { start: number; end: number } => ({
    start: stream.starts[token as number] as number,
    end: stream.ends[token as number] as number,
  });
  if (tokens.length !== to.length) return [{ start: at(tokens[0]).start, end: at(tokens.at(-1)).end, text: to.join("::") }];
  return tokens.flatMap((token, index) => (word(token) === to[index] ? [] : [Object.assign(at(token), { text: to[index] as string })]));
}

/** What a name stands for by what is around it; undefined where it is no name of the library (`int tinyxml2 = 3`, a namespace's own head). */
function kindOf(text: SourceText, token: number, end: number): Site["kind"] | undefined {
  const first = text.mark(token - 1) === PUNCTUATION.scope ? token - 1 : token;
  if (text.word(first - 1) === "namespace") return text.word(first - 2) === "using" ? "directive" : undefined;
  if (text.word(first - 1) === "using") return "declaration";
  if (text.mark(first - 1) === BYTE.equals && text.word(first - 3) === "namespace") return "alias";
  return end > token + 1 ? "use" : undefined;
}
