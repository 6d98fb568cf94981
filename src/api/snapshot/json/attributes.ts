/** Owns the attributes of a declaration in a dump: it names their kinds, the header has their words. */
import { attributesIn, plain } from "../text/attribute-words.js";
import { depthOf, lineOf, tokensIn } from "../text/c-tokens.js";
import { decoded, type SourceTexts } from "../text/source-texts.js";
import type { AstNode } from "./nodes.js";
import { bare } from "./nodes.js";

/** A macro's parameters and body. */
export interface MacroWords {
  readonly parameters: readonly string[] | null;
  readonly body: string;
}

/** Attributes that other parts of the snapshot tell of. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(["FinalAttr", "OverrideAttr"]);
const MOST_NESTING = 8;

export function attributesOf(texts: SourceTexts, macros: ReadonlyMap<string, MacroWords>, { inner = [] }: AstNode): string[] {
  const found = inner
    .filter(({ kind, isImplicit }) => kind.endsWith("Attr") && !TOLD_ELSEWHERE.has(kind) && isImplicit !== true)
    .flatMap((child) => wordsOf(texts, macros, child));
  return [...new Set(found)];
}

function wordsOf(texts: SourceTexts, macros: ReadonlyMap<string, MacroWords>, { range }: AstNode): string[] {
  const [begin, end] = [bare(range?.begin), bare(range?.end)];
  const text = texts.of(begin.file ?? "");
  const start = begin.offset ?? 0;
  const written = text.slice(start, callEnd(text, (end.offset ?? 0) + (end.tokLen ?? 0)));
  const expanded = expandedText(written, macros, 0);
  const inside = attributesIn(expanded);
  if (inside.length > 0) return inside;
  const line = decoded(lineOf(tokensIn(expanded, 0, expanded.length))).replace(/, ""\)$/, ")");
  return line === "" ? [] : [plain(line)];
}

/** The end of a macro's call whose name ends at `end`. */
function callEnd(text: string, end: number): number {
  const tokens = tokensIn(text, end, Math.min(text.length, end + 2000));
  if (tokens[0]?.text !== "(") return end;
  let depth = 0;
  for (const token of tokens) {
    depth += depthOf(token.text);
    if (depth === 0) return token.at + 1;
  }
  return end;
}

function expandedText(text: string, macros: ReadonlyMap<string, MacroWords>, nesting: number): string {
  const [, name = "", given] = /^\s*([A-Za-z_]\w*)\s*(?:\(([\s\S]*)\))?\s*$/.exec(text) ?? [];
  const macro = macros.get(name);
  if (macro === undefined || nesting > MOST_NESTING) return text;
  if (macro.parameters === null) return expandedText(given === undefined ? macro.body : `${macro.body}(${given})`, macros, nesting + 1);
  const values = (given ?? "").split(",").map((one) => one.trim());
  const parameters = macro.parameters;
  const body = macro.body.replaceAll(/\b[A-Za-z_]\w*\b/g, (word) => {
    if (word === "__VA_ARGS__") return values.slice(parameters.length - 1).join(", ");
    const at = parameters.indexOf(word);
    return at === -1 ? word : (values[at] ?? "");
  });
  return expandedText(body, macros, nesting + 1);
}
