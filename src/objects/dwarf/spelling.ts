/** Owns the spelling of built-in types and template arguments, which compilers write differently. */

const WORDS = /\b(?:long|short|signed|unsigned|int|char|__int128)(?: (?:long|short|signed|unsigned|int|char|__int128))+\b/g;
/** Around the marks of pointers, in front of parameters, between closing brackets. */
export const SPACES = / (?=[*&(])|(?<=[*&]) |(?<=>) (?=>)/g;
const LITERAL = /\b(\d+)[uUlL]+\b/g;

/** `long unsigned int` as `unsigned long`, `> >` as `>>`, `char *` as `char*`, `3u` as `3`: GCC and clang then agree. */
export function sameSpelling(name: string): string {
  if (!name.includes("<")) return name;
  return sameBase(name).replaceAll(LITERAL, "$1").replaceAll(SPACES, "");
}

/** The same for the name of a built-in type. */
export function sameBase(name: string): string {
  return name.replaceAll(WORDS, reorder);
}

function reorder(words: string): string {
  const list = words.split(" ");
  const has = (word: string): boolean => list.includes(word);
  const size = list.filter((word) => word === "long" || word === "short" || word === "char" || word === "__int128");
  const sign = has("unsigned") ? ["unsigned"] : has("signed") && has("char") ? ["signed"] : [];
  return [...sign, ...(size.length > 0 ? size : ["int"])].join(" ");
}
