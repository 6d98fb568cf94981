/** Owns the usual names of the standard library's types and which of their arguments go without saying. */
import type { ApiTemplateArgument, ApiType } from "../../model/api-snapshot.js";

const CHARACTERS: Readonly<Record<string, string>> = { char: "", wchar_t: "w", char8_t: "u8", char16_t: "u16", char32_t: "u32" };

/** Templates over a character type, by the typedef of their instances. */
const OF_CHARACTERS: Readonly<Record<string, string>> = {
  "std::basic_string": "std::*string",
  "std::basic_string_view": "std::*string_view",
  "std::basic_ostream": "std::*ostream",
  "std::basic_istream": "std::*istream",
  "std::basic_iostream": "std::*iostream",
  "std::basic_ostringstream": "std::*ostringstream",
  "std::basic_istringstream": "std::*istringstream",
  "std::basic_stringstream": "std::*stringstream",
};

/** Arguments of the standard library's templates that are there by default, told by the first argument that they repeat. */
const DEFAULTS: ReadonlySet<string> = new Set([
  "std::allocator",
  "std::default_delete",
  "std::char_traits",
  "std::less",
  "std::hash",
  "std::equal_to",
]);

/** A named type in its usual form. */
export function usualNamed(name: string, given: readonly ApiTemplateArgument[] | null): ApiType {
  if (given === null || !name.startsWith("std::")) return { kind: "named", name, arguments: given };
  const kept = withoutDefaults(given);
  const character = OF_CHARACTERS[name];
  const of = kept.length === 1 && kept[0] !== undefined && "type" in kept[0] ? meant(kept[0].type) : undefined;
  const prefix = of?.kind === "builtin" && of.const === undefined ? CHARACTERS[of.name] : undefined;
  if (character !== undefined && prefix !== undefined) return { kind: "named", name: character.replace("*", prefix), arguments: null };
  return { kind: "named", name, arguments: kept };
}

function withoutDefaults(given: readonly ApiTemplateArgument[]): readonly ApiTemplateArgument[] {
  let count = given.length;
  while (count > 1 && isDefault(given[count - 1] as ApiTemplateArgument)) count--;
  return given.slice(0, count);
}

/** `std::less<>` is none: it was written. */
function isDefault(argument: ApiTemplateArgument): boolean {
  const type = "type" in argument ? meant(argument.type) : undefined;
  return type?.kind === "named" && DEFAULTS.has(type.name) && type.arguments?.length === 1;
}

/** What an alias stands for. */
function meant(type: ApiType): ApiType {
  return type.kind === "alias" ? meant(type.target) : type;
}

/** Typedefs of C's library and POSIX, by their names at global scope. */
const C_TYPEDEFS: ReadonlySet<string> = new Set([
  ..."size_t ssize_t ptrdiff_t intptr_t uintptr_t intmax_t uintmax_t wint_t wctype_t wctrans_t max_align_t nullptr_t".split(" "),
  ...[8, 16, 32, 64].flatMap((bits) =>
    ["", "least", "fast"].flatMap((kind) => ["int", "uint"].map((sign) => (kind === "" ? `${sign}${bits}_t` : `${sign}_${kind}${bits}_t`))),
  ),
  ..."FILE fpos_t div_t ldiv_t lldiv_t mbstate_t time_t clock_t clockid_t timer_t sig_atomic_t jmp_buf fenv_t fexcept_t locale_t".split(
    " ",
  ),
  ..."off_t off64_t pid_t uid_t gid_t id_t mode_t dev_t ino_t nlink_t blkcnt_t blksize_t key_t suseconds_t useconds_t".split(" "),
  ..."socklen_t sa_family_t in_addr_t in_port_t pthread_t pthread_key_t pthread_once_t sigset_t siginfo_t nfds_t DIR".split(" "),
  ..."u_char u_short u_int u_long char8_t char16_t char32_t".split(" "),
]);

/** The usual name of a standard typedef: `std::size_t` and `size_t` are one. Undefined for other libraries' names. */
export function usualTypedef(name: string): string | undefined {
  const plain = name.replace(/^std::/, "");
  if (C_TYPEDEFS.has(plain)) return plain === "nullptr_t" ? "std::nullptr_t" : plain;
  return plain === name ? undefined : name;
}

const C_RECORDS: ReadonlySet<string> = new Set(
  "FILE fpos_t div_t ldiv_t lldiv_t mbstate_t fenv_t max_align_t sigset_t siginfo_t DIR".split(" "),
);

/** A class of C's library; the other typedefs of it stand for builtin types. */
export function isStandardRecord(name: string): boolean {
  return C_RECORDS.has(name);
}
