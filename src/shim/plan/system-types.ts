/** Owns types of the system's own headers: the same in both flavors, given as they are. */

/** By name: the header that the shim includes for it. */
const SYSTEM_TYPES: Readonly<Record<string, string>> = {
  FILE: "cstdio",
  fpos_t: "cstdio",
  tm: "ctime",
  timespec: "ctime",
  va_list: "cstdarg",
  __va_list_tag: "cstdarg",
  timeval: "sys/time.h",
  sockaddr: "sys/socket.h",
  sockaddr_in: "netinet/in.h",
  sockaddr_in6: "netinet/in.h",
  sockaddr_storage: "sys/socket.h",
  iovec: "sys/uio.h",
  stat: "sys/stat.h",
  pthread_t: "pthread.h",
  pthread_mutex_t: "pthread.h",
  jmp_buf: "csetjmp",
  sigset_t: "signal.h",
  fd_set: "sys/select.h",
  pollfd: "poll.h",
  lconv: "clocale",
  div_t: "cstdlib",
};

export function isSystemType(name: string): boolean {
  return Object.hasOwn(SYSTEM_TYPES, name);
}

/** Of the language's library, beside what the shim includes anyway. */
const STANDARD: readonly (readonly [RegExp, string])[] = [
  [/\bstd::complex\b/, "complex"],
  [/\bstd::chrono\b/, "chrono"],
  [/\bstd::(filesystem|experimental::filesystem)\b/, "filesystem"],
  [/\bstd::bitset\b/, "bitset"],
  [/\bstd::variant\b|\bstd::monostate\b/, "variant"],
  [/\bstd::any\b/, "any"],
  [/\bstd::tuple\b/, "tuple"],
  [/\bstd::initializer_list\b/, "initializer_list"],
  [/\bstd::(error_code|error_condition|error_category|system_error|errc)\b/, "system_error"],
  [/\bstd::(thread|this_thread)\b/, "thread"],
  [/\bstd::(mutex|unique_lock|lock_guard|recursive_mutex|once_flag)\b/, "mutex"],
  [/\bstd::condition_variable/, "condition_variable"],
  [/\bstd::(future|promise)\b/, "future"],
  [/\bstd::atomic\b/, "atomic"],
  [/\bstd::(regex|smatch)\b/, "regex"],
  [/\bstd::(string|w|u16|u32)?stringstream\b|\bstd::[io]stringstream\b/, "sstream"],
  [/\bstd::[io]?fstream\b/, "fstream"],
  [/\bstd::locale\b/, "locale"],
  [/\bstd::valarray\b/, "valarray"],
  [/\bstd::(type_info)\b/, "typeinfo"],
  [/\bstd::type_index\b/, "typeindex"],
  [/\bstd::(exception|exception_ptr)\b/, "exception"],
  [/\bstd::(runtime_error|logic_error|invalid_argument|out_of_range)\b/, "stdexcept"],
  [/\bstd::(queue|priority_queue)\b/, "queue"],
  [/\bstd::stack\b/, "stack"],
  [/\bstd::forward_list\b/, "forward_list"],
  [/\bstd::(pmr::)?memory_resource\b|\bstd::pmr::/, "memory_resource"],
  [/\bstd::numeric_limits\b/, "limits"],
  [/\bstd::(random_device|mt19937|mt19937_64)\b/, "random"],
  [/\bstd::span\b/, "span"],
  [/\bstd::byte\b|\bstd::max_align_t\b/, "cstddef"],
];

/** The headers that a text needs beside the shim's usual ones, sorted. */
export function systemHeaders(text: string): string[] {
  const words = new Set(text.match(/\b[A-Za-z_]\w*\b/g));
  const standard = STANDARD.flatMap(([pattern, header]) => (pattern.test(text) ? [header] : []));
  return [
    ...new Set([...standard, ...Object.entries(SYSTEM_TYPES).flatMap(([name, header]) => (words.has(name) ? [header] : []))]),
  ].toSorted();
}
