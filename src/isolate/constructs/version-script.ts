/** Owns version scripts of the linker (`{ global: …; local: *; };`) and linker scripts: symbols, globs, `extern "C++"` patterns. */
import type { ExtraInsertion } from "../decide/file-edits.js";
import type { FlavoredNames } from "./flavored-names.js";
import { flavoredSymbol } from "./mangled-names.js";

/** Comments, quoted patterns, words with the characters of globs. */
const PARTS = /\/\*[^]*?(?:\*\/|$)|#[^\n]*|"([^"\n]*)"|[A-Za-z_$.*?[\]][\w$.*?[\]:@-]*/g;

/** What a version script must have to be one. */
const SCRIPT = /\{[^}]*\b(?:global|local)\s*:|\b(?:SECTIONS|ENTRY|EXTERN|PROVIDE|INSERT|VERSION)\b/;

/**
 * The suffix goes behind renamed names and behind globs that match one; a glob that ends with `*` matches the new names as it
 * is. A mangled name changes its digits, so it stands in a comment, with the new one behind it.
 */
export function versionScriptInsertions(text: string, names: FlavoredNames): ExtraInsertion[] {
  if (!SCRIPT.test(text)) return [];
  return [...text.matchAll(PARTS)].flatMap((match) => {
    const [whole, quoted] = match;
    if (whole.startsWith("/*") || whole.startsWith("#")) return [];
    const word = quoted ?? whole.replace(/:+$/, "");
    const start = match.index + (quoted === undefined ? 0 : 1);
    const isTag = /^:(?!:)/.test(text.slice(match.index + word.length)) || /^\s*\{/.test(text.slice(match.index + whole.length));
    return quoted === undefined && isTag ? [] : symbolInsertions(word, start, names, COMMENTED);
  });
}

/** How a format shows an old entry as a comment and puts the new one behind it. */
export interface Commented {
  readonly before: string;
  readonly behind: (entry: string) => string;
}

const COMMENTED: Commented = { before: "/* ", behind: (entry) => ` */ ${entry}` };

/** The insertions for a symbol or a glob at `offset`, or none. */
export function symbolInsertions(word: string, offset: number, names: FlavoredNames, commented: Commented): ExtraInsertion[] {
  if (word.includes("::")) return qualifiedInsertions(word, offset, names);
  if (/[*?[]/.test(word)) return globInsertions(word, offset, names, commented);
  const versioned = /^([^@]+)(@.*)?$/.exec(word);
  const symbol = versioned?.[1] ?? word;
  const flavored = flavoredSymbol(symbol, names);
  if (flavored === undefined) return jniInsertion(word, offset, names);
  if (flavored === symbol + names.suffix) return [{ offset: offset + symbol.length, text: names.suffix, names: [symbol] }];
  return [
    { offset, text: commented.before, names: [] },
    { offset: offset + word.length, text: commented.behind(flavored + word.slice(symbol.length)), names: [] },
  ];
}

/** `Java_org_lib_Class_method` and globs over such names. */
function jniInsertion(word: string, offset: number, names: FlavoredNames): ExtraInsertion[] {
  const end = jniPackageEnd(word, names);
  return end < 0 ? [] : [{ offset: offset + end, text: jniSuffix(names.suffix), names: [] }];
}

/** Where the flavored package of a JNI name ends, or -1. */
export function jniPackageEnd(name: string, { packages }: Pick<FlavoredNames, "packages">): number {
  if (!name.startsWith("Java_")) return -1;
  for (const known of packages) {
    const mangled = `Java_${known.replaceAll("_", "_1").replaceAll(".", "_")}`;
    if (name.startsWith(`${mangled}_`) && !/^_[0-3]/.test(name.slice(mangled.length))) return mangled.length;
  }
  return -1;
}

/** The suffix as JNI spells it: an underscore is `_1` (JNI specification, "Resolving Native Method Names"). */
export function jniSuffix(suffix: string): string {
  return suffix.replaceAll("_", "_1");
}

/** `lib::f*` in `extern "C++"`: the words before `::` that no other qualifies. */
function qualifiedInsertions(word: string, offset: number, names: FlavoredNames): ExtraInsertion[] {
  const found = [...word.matchAll(/(?<![\w:])([A-Za-z_]\w*)(?=::)/g)].filter(([, name]) => names.isNamespace(name as string));
  return found.map((match) => ({ offset: offset + match.index + match[0].length, text: names.suffix, names: [match[0]] }));
}

function globInsertions(glob: string, offset: number, names: FlavoredNames, commented: Commented): ExtraInsertion[] {
  if (glob.startsWith("Java_")) return jniInsertion(glob, offset, names);
  if (/^_{1,3}Z/.test(glob)) return mangledGlob(glob, offset, names, commented);
  if (glob.endsWith("*")) return [];
  const example = names.matching(expressionOf(glob));
  return example === undefined ? [] : [{ offset: offset + glob.length, text: names.suffix, names: [example] }];
}

/** `_ZN3lib*`: the part before the first wildcard is a mangled name that goes on. */
function mangledGlob(glob: string, offset: number, names: FlavoredNames, commented: Commented): ExtraInsertion[] {
  const fixed = /^[^*?[]*/.exec(glob)?.[0] ?? "";
  const flavored = flavoredSymbol(fixed, names);
  if (flavored === undefined) return [];
  const text = flavored + glob.slice(fixed.length);
  return [
    { offset, text: commented.before, names: [] },
    { offset: offset + glob.length, text: commented.behind(text), names: [] },
  ];
}

/** A pattern of fnmatch(3): a `[` without its `]` is a character as any other, and `[!…]` leaves characters out. */
function expressionOf(glob: string): RegExp {
  const source = glob.replaceAll(/\[!?\]?[^\]]*\]|[^\w]/g, (part) => {
    if (part === "*") return ".*";
    if (part === "?") return ".";
    return part.length > 1 ? classOf(part) : `\\${part}`;
  });
  return new RegExp(`^${source}$`, "s");
}

/** `[!a-z]` as a class of a regular expression; one whose range runs backwards matches nothing. */
function classOf(bracket: string): string {
  const negated = bracket[1] === "!" || bracket[1] === "^";
  const source = `[${negated ? "^" : ""}${bracket.slice(negated ? 2 : 1, -1).replaceAll(/[\\\]^[]/g, "\\$&")}]`;
  try {
    return new RegExp(source).source;
  } catch {
    return "(?!)";
  }
}
