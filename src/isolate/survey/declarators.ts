/** Owns the variables among the declarators of a declaration, and whether they are constants. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { angleEnd, groupEnd, hasWord, type Head, isInternal, isMark, isShouted, isWord, type Reading, valueAt } from "./heads.js";
import { BLOCK } from "./scope-model.js";
import { pointerName } from "./pointer-names.js";
import { tokenText } from "./token-text.js";

interface VariableRules {
  readonly language: "c" | "c++";
  readonly linkageC: boolean;
  readonly isTemplate: boolean;
  /** What stood before the tokens, a macro's call, is the type if nothing else is. */
  readonly typed: boolean;
}

export function variables(reading: Reading, tokens: readonly number[], { language, linkageC, isTemplate, typed }: VariableRules): Head[] {
  const { id } = reading.words;
  const found = declarators(reading, tokens.slice(typeEnd(reading, tokens)), typed);
  const isExtern = hasWord(reading, tokens, id.extern);
  const initialised = tokens.some((token) => isMark(reading, token, BYTE.equals));
  return found.map(({ token, instead }) => {
    const at = tokens.indexOf(token);
    const before = tokens.slice(0, at);
    const canStay = language === "c++" && !isExtern && !isTemplate && !hasWord(reading, before, id.inline);
    const constant = canStay && isConstant(reading, before);
    const isDeclared = constant && !initialised && needsValue(reading, before, tokens.slice(at + 1));
    const linkage = isInternal(reading, before, token) ? "internal" : constant && !isDeclared ? "constant" : "external";
    return { kind: "variable", token, linkage, defines: (!isExtern && !isDeclared) || initialised, linkageC, instead, isTemplate };
  });
}

/**
 * `EXPORT type *const name;`, `EXPORT const char name[];`: a constant pointer, or an array of no length, that is given no value.
 * A word in capitals says `extern`, then.
 */
function needsValue(reading: Reading, before: readonly number[], behind: readonly number[]): boolean {
  if (!isShouted(reading, before[0])) return false;
  if (behind.length === 0) return before.some((token) => isMark(reading, token, BYTE.star));
  return behind.length === 2 && isMark(reading, behind[0], BYTE.openSquare) && isMark(reading, behind[1], BYTE.closeSquare);
}

/** Index of the block of a `struct … {…}` that the declaration starts with, or 0. */
function typeEnd(reading: Reading, tokens: readonly number[]): number {
  const block = tokens.indexOf(BLOCK);
  const head = tokens.slice(0, Math.max(block, 0));
  const isType = head.some((token) => isWord(reading, token) && reading.words.aggregate.has(valueAt(reading, token)));
  return isType && !head.some((token) => isMark(reading, token, BYTE.equals)) ? block : 0;
}

/** Top-level `const` or `constexpr`: after the last `*`, or anywhere when there is none. */
function isConstant(reading: Reading, before: readonly number[]): boolean {
  const { id } = reading.words;
  if (hasWord(reading, before, id.constexpr)) return true;
  const star = before.findLastIndex((token) => isMark(reading, token, BYTE.star));
  const behind = before.slice(star + 1);
  return hasWord(reading, behind, id.const) && !hasWord(reading, behind, id.volatile);
}

/** A declarator's name; `instead`: the ids of the words right before it, which one of is the name if it is an attribute. */
interface Declarator {
  readonly token: number;
  readonly instead: readonly number[] | undefined;
}

/** The names that a declaration's declarators give; needs a type before the first one, unless it is `typed` already. */
export function declarators(reading: Reading, tokens: readonly number[], isTyped = false): Declarator[] {
  const names: Declarator[] = [];
  const add = (token: number | undefined): void => {
    if (token !== undefined && !reading.words.keyword.has(valueAt(reading, token))) names.push({ token, instead });
  };
  let instead: readonly number[] | undefined;
  let name: number | undefined;
  let typed = isTyped;
  let words = 0;
  let done = false;
  let aggregate = tokens[0] === BLOCK;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (isMark(reading, token, BYTE.comma)) {
      if (typed) add(name);
      else words = 0;
      name = undefined;
      instead = undefined;
      done = false;
    } else if (token === BLOCK) {
      if (aggregate && !done) {
        name = undefined;
        typed = true;
        aggregate = false;
      } else done = true;
    } else if (done) {
      if (isMark(reading, token, BYTE.open)) i = groupEnd(reading, tokens, i) - 1;
      else if (isMark(reading, token, BYTE.less) && isWord(reading, tokens[i - 1])) {
        const end = angleEnd(reading, tokens, i);
        if (isMark(reading, tokens[end - 1], BYTE.greater)) i = end - 1;
      }
    } else if (isMark(reading, token, BYTE.equals)) done = true;
    else if (isMark(reading, token, BYTE.less) && name !== undefined) i = angleEnd(reading, tokens, i) - 1;
    else if (isMark(reading, token, BYTE.less) && isMark(reading, tokens[i - 2], PUNCTUATION.scope)) {
      const end = angleEnd(reading, tokens, i);
      done = isDeclaratorEnd(reading, tokens[end]);
      if (isMark(reading, tokens[end - 1], BYTE.greater)) i = end - 1;
    } else if (isMark(reading, token, BYTE.openSquare)) i = groupEnd(reading, tokens, i) - 1;
    else if (isMark(reading, token, BYTE.open)) {
      const pointer = pointerName(reading, tokens, i);
      if (pointer !== undefined) {
        name = pointer;
        typed = true;
        done = true;
      }
      i = groupEnd(reading, tokens, i) - 1;
    } else if (isWord(reading, token)) {
      if (isShouted(reading, token) && isMark(reading, tokens[i + 1], BYTE.open)) continue;
      if (isExport(reading, tokens, i)) return [];
      if (reading.words.attribute.has(valueAt(reading, token))) continue;
      if (reading.words.aggregate.has(valueAt(reading, token))) aggregate = true;
      else words++;
      typed ||= words >= 2;
      if (name !== undefined && !reading.words.keyword.has(valueAt(reading, name))) instead = [valueAt(reading, name), ...(instead ?? [])];
      name = isMark(reading, tokens[i - 1], PUNCTUATION.scope) ? undefined : token;
      if (name === undefined && !isMark(reading, tokens[i + 1], PUNCTUATION.scope) && isDeclaratorEnd(reading, tokens[i + 1])) done = true;
    }
  }
  if (typed) add(name);
  return names;
}

/** `LIB_EXPORT` of `class LIB_EXPORT name;`, which only declares a class; a `struct RGB colour;` is a variable. */
function isExport(reading: Reading, tokens: readonly number[], at: number): boolean {
  const before = valueAt(reading, tokens[at - 1]);
  if (!isWord(reading, tokens[at - 1]) || !reading.words.aggregate.has(before) || !isWord(reading, tokens[at + 1])) return false;
  if (tokens.length > at + 2 || !isShouted(reading, tokens[at])) return false;
  return before === reading.words.id.class || /EXPORT|IMPORT|_API|DLL|VISIB/.test(tokenText(reading, tokens[at] as number));
}

/** A qualified name right before `=`, `[`, `,` or the end is a member defined out of line. */
function isDeclaratorEnd(reading: Reading, token: number | undefined): boolean {
  return token === undefined || token === BLOCK || [BYTE.equals, BYTE.openSquare, BYTE.comma].some((mark) => isMark(reading, token, mark));
}
