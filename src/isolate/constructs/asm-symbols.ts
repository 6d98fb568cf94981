/** Owns which words of assembler text inside a string denote symbols. */
import type { ExtraInsertion, Stringized, Undecided } from "../decide/file-edits.js";
import type { AsmText } from "./asm-text.js";
import { optionInsertions, sectionInsertions, symbolInsertions } from "./linker-symbols.js";
import { flavoredSymbol } from "./mangled-names.js";
import type { FlavoredNames } from "./flavored-names.js";

/** Directives whose operands are symbols. */
const DIRECTIVE =
  /^\.(?:globl|global|weak|weak_definition|weak_reference|hidden|protected|internal|private_extern|type|size|set|equ|equiv|extern|symver|comm|lcomm|local|quad|xword|dword|long|word|int|8byte|4byte|reference|no_dead_strip|func|thumb_func|export|import|dc\.[al])$/;

/** Mnemonics whose operand is a place in code. */
const BRANCH = /^(?:callq?|jmpq?|j[a-z]{1,3}|blx?|b|b\.[a-z]{2}|bl?[a-z]{2}|cbn?z|tbn?z|jal|j|tail|bal|brasl|bsr|xbegin)$/i;

/** A word, a register, or the name of an operand: `%[name]`, `%w[name]`. Behind `%=` a number makes a label of it that nothing else has. */
const WORD = /%[A-Za-z]?\[\w+\]|%?[A-Za-z_.$][\w$.]*/g;

/** How an operand shows that it is a symbol, whatever the mnemonic. */
const MARKED = /^(?:@[A-Z]|\(%{0,2}(?:rip|r1[0-5]|pc)\b|[+-]\d+\(%{0,2}rip)/i;

/** The insertions into the texts of one file, and the words that may be symbols. */
export function asmInsertions(
  bytes: Buffer,
  texts: readonly AsmText[],
  names: FlavoredNames,
): { readonly extra: ExtraInsertion[]; readonly undecided: Undecided[]; readonly lookups: Stringized[] } {
  const extra: ExtraInsertion[] = [];
  const undecided: Undecided[] = [];
  const lookups: Stringized[] = [];
  for (const { start, end, is } of texts) {
    const text = bytes.toString("latin1", start, end);
    if (is === "symbol") extra.push(...symbolInsertions(text, start, names));
    else if (is === "section") extra.push(...sectionInsertions(text, start, names));
    else if (is === "lookup") {
      if (names.isGlobal(text)) lookups.push({ offset: start, name: text, macro: text, isLookup: true });
    } else if (is === "options") extra.push(...optionInsertions(text, start, names));
    else
      for (const { offset, name, why } of instructionWords(text, names)) {
        if (why === undefined) extra.push({ offset: start + offset + name.length, text: names.suffix, names: [name] });
        else undecided.push({ offset: start + offset, token: name, why });
      }
  }
  return { extra, undecided, lookups };
}

interface AsmWord {
  readonly offset: number;
  readonly name: string;
  /** Why it stays; undefined for a symbol. */
  readonly why: string | undefined;
}

const IN_DOUBT = "assembler text in a string names it, in a place that may be no symbol";

/** The symbols that assembler text exports, with the offset of each in the file. */
export function asmExports(bytes: Buffer, texts: readonly AsmText[]): { readonly name: string; readonly offset: number }[] {
  return texts.flatMap(({ start, end }) =>
    [
      ...bytes
        .toString("latin1", start, end)
        .matchAll(/(?<=^|[^\w.$]|\\[nt])(\.(?:globa?l|weak)[ \t]+_?|\.symver[ \t]+[\w$]+,[ \t]*)([A-Za-z_][\w$]*)/g),
    ].map(({ index, 1: head = "", 2: name = "" }) => ({
      name,
      offset: start + index + head.length,
    })),
  );
}

/** Instructions end with a newline, spelled `\\n`, or with `;`. */
function instructionWords(text: string, names: FlavoredNames): AsmWord[] {
  const found: AsmWord[] = [];
  let from = 0;
  for (const { index, 0: separator } of text.matchAll(/\\[nt]|[;\n]|$/g)) {
    found.push(...wordsOf(text.slice(from, index), from, names));
    from = index + separator.length;
  }
  return found;
}

/** The renamed words of one instruction or directive. */
function wordsOf(part: string, offset: number, names: FlavoredNames): AsmWord[] {
  const found: AsmWord[] = [];
  let head: string | undefined;
  for (const match of part.matchAll(WORD)) {
    const [word] = match;
    if (word.startsWith("%") && word.includes("[")) continue;
    const behind = part.slice(match.index + word.length);
    if (behind.startsWith("%=")) continue;
    const isLabel = head === undefined && /^\s*:/.test(behind);
    const known = knownName(word, names);
    if (known !== undefined && (head !== undefined || isLabel)) {
      const isSymbol = isLabel || word.startsWith("$") || DIRECTIVE.test(head ?? "") || BRANCH.test(head ?? "") || MARKED.test(behind);
      found.push({ offset: offset + match.index + word.length - known.length, name: known, why: isSymbol ? undefined : IN_DOUBT });
    } else if (/^_{1,2}Z/.test(word)) found.push(...mangledWord(word, offset + match.index, names));
    if (!isLabel) head ??= word;
  }
  return found;
}

/** The digits of a mangled name change, and a string has no place for a comment. */
function mangledWord(word: string, offset: number, names: FlavoredNames): AsmWord[] {
  const flavored = flavoredSymbol(word.replace(/^__Z/, "_Z"), names);
  return flavored === undefined
    ? []
    : [{ offset, name: word, why: `assembler text in a string has a mangled name; it becomes ${flavored}` }];
}

function knownName(word: string, names: FlavoredNames): string | undefined {
  if (names.isGlobal(word)) return word;
  if (word.startsWith("$")) return knownName(word.slice(1), names);
  return word.startsWith("_") && names.isGlobal(word.slice(1)) ? word.slice(1) : undefined;
}
