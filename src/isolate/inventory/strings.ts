/** Owns the strings of a tree that hold a library's word: which they are, and their classes. */
import type { ScanStrings } from "../../model/isolation-scan.js";
import { byText } from "../../support/order.js";
import { IN_WORD, STARTS, STARTS_OF } from "../../tokens/bytes.js";
import { lineFinder } from "../../tokens/lines.js";
import { codeTest } from "../generated-code.js";
import type { ReadTree } from "./read-tree.js";
import { SITE } from "./sites.js";
import { STRING_RULES, type StringRule, SYMBOL_RULE } from "./string-classes.js";

/** A word of at least this many letters is looked for inside others, in any case; a shorter one only as a whole word. */
const LONG_WORD = 5;

interface Found {
  readonly file: number;
  readonly offset: number;
  readonly text: string;
}

/** The strings with one of `words`, and those that are one of `symbols`, by class in the order of the rules. */
export function stringsOf(tree: ReadTree, words: readonly string[], symbols: ReadonlySet<string>): ScanStrings[] {
  const holds = wordTest(words);
  const isCode = codeTest(words);
  const found = new Map<StringRule, Found[]>();
  const { sites } = tree.reader;
  for (let i = 0; i < sites.count; i++) {
    if (sites.kinds[i] !== SITE.string) continue;
    const file = sites.files[i] as number;
    const { bytes } = tree.files[file] as ReadTree["files"][number];
    const offset = sites.starts[i] as number;
    const text = contentOf(bytes.toString("latin1", offset, sites.ends[i]));
    const rule = ruleOf(text, bytes, offset, { holds, isCode }, symbols);
    if (rule === undefined) continue;
    const known = found.get(rule);
    if (known === undefined) found.set(rule, [{ file, offset, text }]);
    else known.push({ file, offset, text });
  }
  return [SYMBOL_RULE, ...STRING_RULES].flatMap((rule) => {
    const list = found.get(rule);
    return list === undefined ? [] : [classOf(tree, rule, list)];
  });
}

function ruleOf(
  text: string,
  bytes: Buffer,
  offset: number,
  { holds, isCode }: { readonly holds: (text: string) => boolean; readonly isCode: (text: string) => boolean },
  symbols: ReadonlySet<string>,
): StringRule | undefined {
  if (symbols.has(text) && SYMBOL_RULE.matches(text, "", isCode)) return SYMBOL_RULE;
  if (!holds(text)) return undefined;
  const callee = calleeBefore(bytes, offset);
  return STRING_RULES.find((rule) => rule.matches(text, callee, isCode));
}

function wordTest(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  const parts = words.map((word) => (word.length >= LONG_WORD ? word : `(?<![A-Za-z0-9])${word}(?![A-Za-z0-9])`));
  const expression = new RegExp(parts.join("|"), "i");
  return (text) => expression.test(text);
}

/** The text between the quotes; of a raw string, between its parentheses. */
function contentOf(token: string): string {
  const open = token.indexOf('"');
  const body = token.slice(open + 1, token.endsWith('"') ? -1 : undefined);
  const isRaw = open > 0 && token[open - 1] === "R";
  return isRaw ? body.slice(body.indexOf("(") + 1, body.lastIndexOf(")")) : body;
}

/** How far back the call is looked for that a string is an argument of. */
const REACH = 400;

/** The word before the parenthesis that encloses the offset on the same statement, or "". */
export function calleeBefore(bytes: Uint8Array, offset: number): string {
  let depth = 0;
  for (let i = offset - 1; i >= Math.max(0, offset - REACH); i--) {
    const byte = bytes[i];
    if (byte === 41) depth++;
    else if (byte === 59 || byte === 123 || byte === 125) return "";
    else if (byte === 40 && depth-- === 0) return wordBefore(bytes, i);
  }
  return "";
}

function wordBefore(bytes: Uint8Array, at: number): string {
  let end = at;
  while (end > 0 && isBlank(bytes[end - 1] as number)) end--;
  let start = end;
  while (start > 0 && IN_WORD[bytes[start - 1] as number] === 1) start--;
  return Buffer.from(bytes.subarray(start, end)).toString("latin1");
}

function isBlank(byte: number): boolean {
  return STARTS_OF[byte] === STARTS.blank || STARTS_OF[byte] === STARTS.newline;
}

function classOf(
  { files }: ReadTree,
  { class: name, title, rule, consequence, severity }: StringRule,
  list: readonly Found[],
): ScanStrings {
  const finders = new Map<number, (offset: number) => number>();
  const places = list.map(({ file, offset, text }) => {
    const { path, bytes } = files[file] as ReadTree["files"][number];
    const finder = finders.get(file) ?? lineFinder(bytes);
    finders.set(file, finder);
    return { file: path, line: finder(offset), text };
  });
  places.sort((a, b) => byText(a.file, b.file) || a.line - b.line || byText(a.text, b.text));
  const distinct = new Set(list.map(({ text }) => text)).size;
  return { class: name, title, rule, consequence, severity, count: places.length, distinct, places };
}
