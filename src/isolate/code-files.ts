/** Owns which files hold code that isolation reads, and in which dialect. */
import type { Dialect } from "../tokens/scan.js";
import { isBareHeader, isBareName } from "./bare-header.js";
import { isM4Assembler } from "./constructs/m4-assembler.js";
import { fragmentLanguage, makesNasm } from "./fragment-language.js";
import { isMacroList, mayBeMacroList } from "./macro-list.js";

/** How a file is read: C rules or C++ rules for linkage, or an assembler's; what m4 makes assembler of (m4-assembler.ts). A fragment is included in the midst of others. */
export type Language = "c" | "c++" | "header" | "fragment" | "gas" | "nasm" | "m4";

const LANGUAGES: ReadonlyMap<string, Language> = new Map<string, Language>([
  ...each("c", ["c", "m", "function"]),
  ...each("c++", ["cc", "cpp", "cxx", "c++", "C", "mm", "cu"]),
  ...each("header", ["h", "hh", "hpp", "hxx", "h++", "H", "cuh", "ixx", "cppm", "ccm", "cxxm", "c++m", "mxx", "mpp"]),
  ...each("fragment", ["inl", "inc", "ipp", "tcc", "tpp", "txx", "icc", "ch", "ci", "cinc", "hc", "ic", "impl"]),
  ...each("gas", ["S", "s", "sx"]),
  ...each("nasm", ["asm", "nasm"]),
]);

function each(language: Language, extensions: readonly string[]): [string, Language][] {
  return extensions.map((extension) => [extension, language]);
}

/** Endings of a file that a build makes another one from: `version.h.in`. */
const TEMPLATE = /\.(?:in|cmake|cmakein|template|tmpl)$/;

/** A template whose name has no second dot: `lib-h.in`, of which comes `lib.h`. */
const DASHED = /-(h|hh|hpp|hxx|c|cc|cpp|cxx)\.in$/;

/** Whether a build makes the code from this file, which stands for what it will be. */
export function isTemplate(path: string): boolean {
  return TEMPLATE.test(path);
}

/** The path of what a build makes from a template; of other files their own. */
export function madeFrom(path: string): string {
  return path.replace(DASHED, ".$1").replace(TEMPLATE, "");
}

/** The language of a file by its extension, that of a template by the one before; undefined when it is no C-family file. */
export function languageOf(path: string): Language | undefined {
  const last = path.lastIndexOf(".");
  const plain = last < 0 || path.endsWith(".inc") ? undefined : LANGUAGES.get(path.slice(last + 1));
  if (plain !== undefined) return plain;
  const name = madeFrom(path).replace(TEMPLATE, "");
  const dot = name.lastIndexOf(".");
  if (dot < 0 || MAKEFILE.test(name)) return undefined;
  const ending = name.slice(dot + 1);
  return LANGUAGES.get(ending) ?? (PIECE.test(ending) ? "fragment" : undefined);
}

/** `shapes.incl_cpp`: a piece of code by another name. */
const PIECE = /^[a-z]+_(?:c|cc|cpp|cxx|h|hh|hpp|hxx)$/;

const MAKEFILE = /(^|\/)(GNU)?m(ake|k)file[^/]*\.inc$/i;

/** Whether nobody is expected to include a file of this name. */
export function isSource(path: string): boolean {
  const language = languageOf(path);
  return language !== undefined && language !== "header" && language !== "fragment";
}

/** Whether a file may hold code; {@link languageIn} tells, once its bytes are there. */
export function mayBeCode(path: string): boolean {
  return languageOf(path) !== undefined || isBareName(path) || mayBeMacroList(path);
}

/** The same for a file whose bytes are at hand: what some endings stand for only they tell. */
export function languageIn(path: string, bytes: Uint8Array): Language | undefined {
  const language = languageOf(path);
  if (language !== undefined && mayBeBinary(path) && isBinary(bytes)) return undefined;
  if (language === undefined && mayBeMacroList(path)) return isMacroList(bytes) ? "fragment" : undefined;
  if (language === undefined) return isBareName(path) && isBareHeader(bytes) ? "header" : undefined;
  if (path.endsWith(TEST_TEMPLATE) && !isTestTemplate(bytes)) return undefined;
  if (path.endsWith(".asm") && isM4Assembler(bytes)) return "m4";
  if (path.endsWith(".inc")) return fragmentLanguage(bytes);
  return path.endsWith(".inc.h") && makesNasm(bytes) ? "nasm" : language;
}

/** Whether formats that are no text have the ending of this piece of code, too: colour profiles (`.icc`), plans (`.mpp`). */
export function mayBeBinary(path: string): boolean {
  return /\.(?:icc|mpp|ch|ci|hc|ic|inc|impl|inl)$/.test(path);
}

/** Bytes that are looked at for one that no text has. */
const LOOKED_AT = 1024;

/** Whether a byte 0 stands at the beginning; not of UTF-16, which says so by its first two bytes. */
export function isBinary(bytes: Uint8Array): boolean {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !isWide && bytes.subarray(0, LOOKED_AT).includes(0);
}

/** The ending of Mbed TLS's test templates: C between comments, of which a script makes programs. */
export const TEST_TEMPLATE = ".function";

function isTestTemplate(bytes: Uint8Array): boolean {
  return /^(?:\/\* BEGIN_(?:HEADER|CASE|SUITE_HELPERS|DEPENDENCIES)\b|#line \d+ ")/m.test(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1"),
  );
}

/** The scanner's dialect for a language. */
export function dialectOf(language: Language): Dialect {
  if (language === "m4") return "nasm";
  return language === "gas" || language === "nasm" ? language : "c";
}

export function isAssembler(language: Language): boolean {
  return language === "gas" || language === "nasm" || language === "m4";
}
