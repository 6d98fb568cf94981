/** Owns the builtin types: one letter, or `D` and a letter. They are never substituted. */
import { text } from "../texts.js";

const LETTERS: number[] = [];
const LETTERS_AFTER_D: number[] = [];

const BUILTINS: Readonly<Record<string, string>> = {
  v: "void",
  w: "wchar_t",
  b: "bool",
  c: "char",
  a: "signed char",
  h: "unsigned char",
  s: "short",
  t: "unsigned short",
  i: "int",
  j: "unsigned int",
  l: "long",
  m: "unsigned long",
  x: "long long",
  y: "unsigned long long",
  n: "__int128",
  o: "unsigned __int128",
  f: "float",
  d: "double",
  e: "long double",
  g: "__float128",
  z: "...",
  Dd: "decimal64",
  De: "decimal128",
  Df: "decimal32",
  Dh: "half",
  Di: "char32_t",
  Ds: "char16_t",
  Du: "char8_t",
  Da: "auto",
  Dc: "decltype(auto)",
  Dn: "std::nullptr_t",
};

for (const [letters, name] of Object.entries(BUILTINS)) {
  const table = letters.length === 1 ? LETTERS : LETTERS_AFTER_D;
  table[letters.charCodeAt(letters.length - 1)] = text(name);
}

/** The number of the type's text, or undefined. */
export function builtinAt(code: number): number | undefined {
  return LETTERS[code];
}

export function builtinAfterD(code: number): number | undefined {
  return LETTERS_AFTER_D[code];
}
