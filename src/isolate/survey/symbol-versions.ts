/** Owns the symbols that `.symver` names in strings of assembler which macros put together: `asm(".symver " #inner "," #name "@" #version)`. */
import { KIND } from "../../tokens/kinds.js";
import { STRINGIZED } from "./expand.js";
import { isWord, type Reading, valueAt } from "./heads.js";

/** A symbol that such a directive names. */
export interface VersionedSymbol {
  readonly name: string;
  /** Whether several strings make the name: none of them has it whole. */
  readonly isJoined: boolean;
}

/** Whether a macro's body, from the token `start` to `end`, is assembler with such a directive. */
export function hasVersions({ stream, bytes, words }: Reading, start: number, end: number): boolean {
  let isAssembler = false;
  for (let i = start; i < end; i++) {
    if (isWord({ stream, bytes, words }, i)) isAssembler ||= words.assembler.has(valueAt({ stream, bytes, words }, i));
    else if (isAssembler && stream.kinds[i] === KIND.string) {
      const text = Buffer.prototype.latin1Slice.call(bytes, stream.starts[i] as number, stream.ends[i] as number);
      if (text.includes(DIRECTIVE)) return true;
    }
  }
  return false;
}

const DIRECTIVE = ".symver";

/** The symbols in the tokens of a declaration in which all macros are expanded: both that a directive names. */
export function versionedSymbols(tokens: readonly string[]): VersionedSymbol[] {
  if (!tokens.some((token) => token.startsWith('"') && token.includes(DIRECTIVE))) return [];
  /** The texts of the strings in a row, with a mark where one ends. */
  const text = tokens
    .map((token) =>
      token.startsWith('"') ? `${token.slice(1, -1).replace(STRINGIZED, "")}${END}` : token === "(" || token === ")" ? "" : "\n",
    )
    .join("");
  return [...text.matchAll(NAMED)].flatMap(({ 1: inner = "", 2: outer = "" }) => [inner, outer].map(symbolOf));
}

/** Ends the text of a string. */
const END = "\u0001";

const NAMED = new RegExp(`\\.symver[ \\t${END}]+([\\w$${END}]+?)[ \\t${END}]*,[ \\t${END}]*([\\w$${END}]+?)${END}*@`, "g");

function symbolOf(text: string): VersionedSymbol {
  const parts = text.split(END).filter((part) => part !== "");
  return { name: parts.join(""), isJoined: parts.length > 1 };
}
