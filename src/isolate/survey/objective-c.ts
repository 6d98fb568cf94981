/** Owns the classes and protocols that a file of Objective-C defines. */
import { BYTE } from "../../tokens/kinds.js";
import { isMark, isShouted, isWord, type Reading, valueAt } from "./heads.js";

/**
 * The token of the name that the `@` at a token defines: of `@implementation Name`, of `@protocol Name` with a body, also in
 * `PREFIX(Name)`. Undefined for categories, extensions, forward declarations, and `@interface` alone.
 */
export function objectiveName(reading: Reading, at: number): number | undefined {
  const { id } = reading.words;
  const word = isWord(reading, at + 1) ? valueAt(reading, at + 1) : -1;
  if (word !== id.implementation && word !== id.protocol) return undefined;
  const isWrapped = isShouted(reading, at + 2) && isMark(reading, at + 3, BYTE.open) && isMark(reading, at + 5, BYTE.close);
  const name = isWrapped ? at + 4 : at + 2;
  const behind = isWrapped ? at + 6 : at + 3;
  if (!isWord(reading, name) || (word === id.implementation && isMark(reading, behind, BYTE.open))) return undefined;
  const isForward = [BYTE.semicolon, BYTE.comma, BYTE.close].some((mark) => isMark(reading, behind, mark));
  return word === id.protocol && isForward ? undefined : name;
}
