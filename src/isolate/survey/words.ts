/** Owns the identifiers that readers of declarations must know, as ids of one interner. */
import type { Interner } from "../../tokens/interner.js";

const LISTS = {
  /** Words that may stand before `::` without naming anything. */
  keyword:
    "alignas alignof and asm auto bool break case catch char char16_t char32_t char8_t class co_await co_return co_yield concept const const_cast consteval constexpr constinit continue decltype default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new noexcept not nullptr operator or private protected public register reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t while",
  attribute:
    "__attribute__ __attribute __declspec alignas _Alignas __asm__ __asm asm decltype __typeof __typeof__ typeof typeof_unqual noexcept throw explicit requires _Atomic _BitInt",
  afterParameters: "const noexcept override final volatile try throw requires __attribute__ __attribute asm __asm__ __restrict restrict",
  aggregate: "struct class union enum",
  /** Words before a declaration's type that are no type. */
  specifier:
    "static inline extern const constexpr constinit consteval volatile register thread_local _Thread_local __thread virtual explicit friend mutable _Noreturn __inline __inline__ __extension__ typedef",
  /** Words that start a declaration which introduces no variable or function of its own. */
  silent: "using namespace friend static_assert _Static_assert template asm __asm__",
  /** Words that begin an expression, and no declaration. */
  expression:
    "nullptr true false new sizeof alignof this typeid not compl static_cast const_cast reinterpret_cast dynamic_cast co_await __func__",
  /** Attributes whose argument is another symbol. */
  target: "alias __alias__ ifunc __ifunc__ weakref __weakref__ symver __symver__",
  /** Those by which a declaration makes a symbol. */
  aliasing: "alias __alias__ ifunc __ifunc__",
  /** Attributes whose argument is a section. */
  section: "section __section__",
  /** Functions that look a symbol up by its name. */
  lookup: "dlsym dlvsym GetProcAddress g_module_symbol lt_dlsym SDL_LoadFunction uv_dlsym",
  pragma: "_Pragma __pragma",
  assembler: "asm __asm __asm__",
  attributes: "__attribute__ __attribute",
  /** Words that only stand at the beginning of a declaration. */
  beginning: "using namespace static_assert _Static_assert template typedef struct class union enum extern static inline constexpr",
} as const;

const SINGLE = [
  "namespace",
  "using",
  "typedef",
  "template",
  "extern",
  "static",
  "inline",
  "const",
  "volatile",
  "constexpr",
  "constinit",
  "struct",
  "class",
  "union",
  "enum",
  "operator",
  "friend",
  "final",
  "static_assert",
  "auto",
  "this",
  "export",
  "__inline",
  "__inline__",
  "__attribute__",
  "end",
  "implementation",
  "import",
  "module",
  "protocol",
  "__VA_ARGS__",
  "__VA_OPT__",
  "decltype",
  "std",
  "typename",
  "gnu",
  "comment",
  "linker",
  "weak",
  "redefine_extname",
] as const;

/** Sets of ids by list, and single ids by word. */
export interface Words {
  readonly keyword: ReadonlySet<number>;
  readonly attribute: ReadonlySet<number>;
  readonly afterParameters: ReadonlySet<number>;
  readonly aggregate: ReadonlySet<number>;
  readonly specifier: ReadonlySet<number>;
  readonly silent: ReadonlySet<number>;
  readonly beginning: ReadonlySet<number>;
  readonly expression: ReadonlySet<number>;
  readonly target: ReadonlySet<number>;
  readonly aliasing: ReadonlySet<number>;
  readonly section: ReadonlySet<number>;
  readonly lookup: ReadonlySet<number>;
  readonly pragma: ReadonlySet<number>;
  readonly assembler: ReadonlySet<number>;
  readonly attributes: ReadonlySet<number>;
  readonly id: Readonly<Record<(typeof SINGLE)[number], number>>;
  readonly textOf: (id: number) => string;
}

/** The words of an interner; adds them to it. */
export function wordsOf(interner: Interner): Words {
  const ids = (list: string): ReadonlySet<number> => new Set(list.split(" ").map((word) => interner.internText(word)));
  return {
    keyword: ids(LISTS.keyword),
    attribute: ids(LISTS.attribute),
    afterParameters: ids(LISTS.afterParameters),
    aggregate: ids(LISTS.aggregate),
    specifier: ids(LISTS.specifier),
    silent: ids(LISTS.silent),
    beginning: ids(LISTS.beginning),
    expression: ids(LISTS.expression),
    target: ids(LISTS.target),
    aliasing: ids(LISTS.aliasing),
    section: ids(LISTS.section),
    lookup: ids(LISTS.lookup),
    pragma: ids(LISTS.pragma),
    assembler: ids(LISTS.assembler),
    attributes: ids(LISTS.attributes),
    id: Object.fromEntries(SINGLE.map((word) => [word, interner.internText(word)])) as Words["id"],
    textOf: interner.name,
  };
}
