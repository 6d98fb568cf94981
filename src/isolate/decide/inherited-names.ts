/** Owns whether a class may have a name from its bases, by what its own file and the lists of known bases tell. */
import { BYTE, PUNCTUATION } from "../../tokens/kinds.js";
import { isMark, isWord, type Reading, valueAt } from "../survey/heads.js";
import { tokenText } from "../survey/token-text.js";
import { classNamed, type Enclosing } from "./enclosing.js";
import { mayHaveMember } from "./known-bases.js";

/** Whether a base of the class, or in the same file one of that, is one of those that declare the word; not the base of that very name. */
export function inherits(
  reading: Reading,
  { bases = [] }: Enclosing,
  word: number,
  declaring: ReadonlySet<number> | undefined,
  steps = MOST_STEPS,
): boolean {
  if (declaring === undefined || steps === 0) return false;
  let depth = 0;
  for (const base of bases) {
    if (isMark(reading, base, BYTE.less)) depth++;
    else if (isMark(reading, base, BYTE.greater)) depth--;
    else if (depth === 0 && isWord(reading, base) && !isMark(reading, base + 1, PUNCTUATION.scope)) {
      const id = valueAt(reading, base);
      if (id === word) continue;
      if (declaring.has(id)) return true;
      const further = reading.words.keyword.has(id) ? undefined : classNamed(reading, id);
      if (further !== undefined && inherits(reading, further, word, declaring, steps - 1)) return true;
    }
  }
  return false;
}

/** How many steps of bases are followed. */
const MOST_STEPS = 4;

/** Whether the class has bases that may have such a member, other than the word itself. */
export function mayInherit(reading: Reading, { bases = [] }: Enclosing, token: number): boolean {
  if (bases.some((base) => isWord(reading, base) && valueAt(reading, base) === valueAt(reading, token))) return false;
  return basesOf(reading, bases).some((base) => mayHaveMember(base, tokenText(reading, token)));
}

/** Each base, spelled without blanks and without `public` and its like. */
function basesOf(reading: Reading, tokens: readonly number[]): string[] {
  const found: string[] = [];
  let [text, depth] = ["", 0];
  for (const token of tokens) {
    if (isMark(reading, token, BYTE.less)) depth++;
    else if (isMark(reading, token, BYTE.greater)) depth--;
    const isNext = depth === 0 && isMark(reading, token, BYTE.comma);
    if (isNext) found.push(text);
    text = isNext ? "" : text + (ACCESS.has(tokenText(reading, token)) ? "" : tokenText(reading, token));
  }
  return text === "" ? found : [...found, text];
}

const ACCESS = new Set(["public", "protected", "private", "virtual"]);
