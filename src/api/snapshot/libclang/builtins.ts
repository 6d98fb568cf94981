/** Owns the names of builtin types by libclang's kinds. */

const NAMES: Readonly<Record<number, string>> = {
  2: "void",
  3: "bool",
  4: "char",
  5: "unsigned char",
  6: "char16_t",
  7: "char32_t",
  8: "unsigned short",
  9: "unsigned int",
  10: "unsigned long",
  11: "unsigned long long",
  12: "unsigned __int128",
  13: "char",
  14: "signed char",
  15: "wchar_t",
  16: "short",
  17: "int",
  18: "long",
  19: "long long",
  20: "__int128",
  21: "float",
  22: "double",
  23: "long double",
  24: "std::nullptr_t",
  30: "__float128",
  31: "half",
  32: "_Float16",
  39: "__bf16",
  40: "__ibm128",
};

export function builtinName(kind: number): string | undefined {
  return NAMES[kind];
}
