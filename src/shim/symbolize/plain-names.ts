/** Owns the names of a flavor in text that is not mangled: outermost scopes, and names without a scope that are known. */
import { type FlavorWords, flavorOfWord, isNameOf } from "./flavor-words.js";

/** A word `[start, end)` of a text. */
export interface FlavorWord {
  readonly start: number;
  readonly end: number;
  readonly word: string;
  readonly flavor: FlavorWords;
}

/** Letters of words; text is read byte by byte, so that those of other alphabets lie above 0x7f. */
const LETTER = String.raw`[\w$\x80-\uffff]`;
const WORDS = new RegExp(`${LETTER}+`, "g");
/** `::` behind a scope, a parameter list or template arguments: what follows lies inside of something. */
const INSIDE = new RegExp(String.raw`(?:${LETTER}|[>)\]}'])::$`);
/** What compilers put behind the names of pieces and copies of functions. */
const PIECE =
  /^\.(?:cold|part|isra|constprop|llvm|lto_priv|localalias|clone|text|hot|unlikely|startup|str|resolver|default|arch_\w+|avx\w*|sse\w*)\b/;
const EXTENSION = /^\.[A-Za-z]/;

/** Words of the text that are names of a flavor, in its order. */
export function* flavorWords(text: string, flavors: readonly FlavorWords[]): Generator<FlavorWord> {
  for (const match of text.matchAll(WORDS)) {
    const found = flavorWordAt(text, match.index, match[0], flavors);
    if (found !== undefined) yield found;
  }
}

/** The word as a flavor's name, or undefined. */
export function flavorWordAt(text: string, start: number, word: string, flavors: readonly FlavorWords[]): FlavorWord | undefined {
  const flavor = flavorOfWord(word, flavors);
  if (flavor === undefined) return undefined;
  const end = start + word.length;
  const isScope = text.startsWith("::", end);
  if (isInside(text, start) || (!isScope && isOfPath(text, start, end))) return undefined;
  return isNameOf(flavor, word, isScope) ? { start, end, word, flavor } : undefined;
}

function isInside(text: string, start: number): boolean {
  return text.startsWith("::", start - 2) && INSIDE.test(text.slice(Math.max(start - 3, 0), start));
}

/** Part of a file's name: a separator beside it, or an extension behind it. */
function isOfPath(text: string, start: number, end: number): boolean {
  if (/[/\\]/.test(text.charAt(start - 1)) || /[/\\]/.test(text.charAt(end))) return true;
  const behind = text.slice(end, end + 20);
  return EXTENSION.test(behind) && !PIECE.test(behind);
}
