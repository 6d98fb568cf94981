/** Owns the search for the qualified names in a piece of demangled text. */

/** Words of demangled types and expressions that name no entity. */
const BUILTIN = new Set(
  `void bool char signed unsigned short int long float double wchar_t char8_t char16_t char32_t __int128 __float128 half auto
  decltype nullptr const volatile __restrict restrict true false sizeof alignof typeid noexcept throw operator new delete this
  const_cast static_cast dynamic_cast reinterpret_cast typename _Complex _Imaginary`.split(/\s+/),
);

const QUALIFIED =
  /(?<![\w$]|::)[A-Za-z_$\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*(?:::~?[A-Za-z_$\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*)*/gu;

/**
 * The qualified names that text mentions, each once, in order; a name ends at its first template argument list, and
 * what follows such a list is not a name of its own. Builtin types and literals are left out.
 */
export function scopesIn(text: string): string[] {
  const cleaned = text
    .replaceAll("(anonymous namespace)", "_anonymous_namespace_")
    .replaceAll(/\{(?:lambda|unnamed type|default arg|parm|block)/g, "{")
    .replaceAll("decltype(nullptr)", "nullptr");
  const found = [...cleaned.matchAll(QUALIFIED)].map(([name]) => name);
  return [...new Set(found.filter((name) => !BUILTIN.has(name)))];
}
