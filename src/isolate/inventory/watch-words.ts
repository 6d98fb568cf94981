/** Owns the identifiers that an inventory watches for, as a table by interner id. */
import type { Interner } from "../../tokens/interner.js";

/** What a watched identifier means to the reader. */
export const WATCH = {
  none: 0,
  keyword: 1,
  namespace: 2,
  using: 3,
  template: 4,
  aggregate: 5,
  enum: 6,
  extern: 7,
  friend: 8,
  operator: 9,
  static: 10,
  constant: 11,
  typedef: 12,
  attribute: 13,
  /** Found by argument-dependent lookup. */
  hook: 14,
  /** A macro whose body opens namespaces and leaves them open. */
  opener: 15,
  closer: 16,
  final: 17,
  inline: 18,
  jniTable: 19,
  threadLocal: 20,
  constexpr: 21,
} as const;

const LISTS: Readonly<Record<keyof typeof WATCH, string>> = {
  none: "",
  keyword:
    "alignof and auto bool break case catch char char16_t char32_t char8_t co_await co_return co_yield concept const_cast continue default delete do double dynamic_cast else explicit export false float for goto if int long mutable new not nullptr or private protected public register reinterpret_cast return short signed sizeof static_assert static_cast switch this throw true try typeid typename unsigned virtual void volatile wchar_t while",
  namespace: "namespace",
  using: "using",
  template: "template",
  aggregate: "struct class union",
  enum: "enum",
  extern: "extern",
  friend: "friend",
  operator: "operator",
  static: "static",
  constant: "const",
  typedef: "typedef",
  attribute: "__attribute__ __attribute __declspec alignas _Alignas __asm__ __asm asm decltype noexcept requires __extension__",
  hook: "AbslHashValue AbslStringify AbslParseFlag AbslUnparseFlag AbslFormatConvert PrintTo hash_value to_json from_json tag_invoke swap",
  opener: "",
  closer: "",
  final: "final override",
  inline: "inline __inline __inline__ __forceinline",
  jniTable: "JNINativeMethod RegisterNatives",
  threadLocal: "thread_local _Thread_local __thread",
  constexpr: "constexpr consteval constinit",
};

/** The table of an interner: role by id. Ids beyond its end mean nothing. */
export interface WatchWords {
  roles: Uint8Array;
  readonly idOf: (word: string) => number;
}

/** Gives every watched word an id and its role. */
export function watchWords(interner: Interner): WatchWords {
  const words: WatchWords = { roles: new Uint8Array(1 << 16), idOf: (word) => interner.internText(word) };
  for (const [kind, list] of Object.entries(LISTS)) {
    for (const word of list.split(" ").filter(Boolean)) setRole(words, interner.internText(word), WATCH[kind as keyof typeof WATCH]);
  }
  return words;
}

export function setRole(words: WatchWords, id: number, role: number): void {
  if (id >= words.roles.length) {
    const roles = new Uint8Array(id * 2);
    roles.set(words.roles);
    words.roles = roles;
  }
  words.roles[id] = role;
}
