/** Owns what every C++ program shares by declaration: the toolchain's own library, the ABI runtime and the C library's types. */
import type { SharedNames } from "../model/audit.js";

function named(reason: string, patterns: readonly string[]): SharedNames[] {
  return patterns.map((pattern) => ({ pattern, reason }));
}

/** Both flavors are built by one toolchain, so these are one and the same thing on both sides; bodies are compared all the same. */
export const TOOLCHAIN_SHARED: readonly SharedNames[] = [
  ...named("the C++ standard library", ["std::*", "__gnu_cxx::*", "__gnu_debug::*", "__gnu_parallel::*"]),
  ...named("the C++ ABI runtime", ["__cxxabiv1::*", "__clang_call_terminate", "DW.ref.*"]),
  ...named("helpers that compilers write beside code", ["__x86.get_pc_thunk.*", "__x86_*_thunk*", "__llvm_retpoline_*"]),
  ...named("constants of Microsoft's compilers, named by their content", ["??_C@_*", "__real@*", "__xmm@*", "__ymm@*"]),
  ...named("placement new and delete of <new>, which do nothing", [
    ...["unsigned long", "unsigned int", "unsigned long long"].flatMap((size) => [
      `operator new(${size}, void*)`,
      `operator new[](${size}, void*)`,
    ]),
    "operator delete(void*, void*)",
    "operator delete[](void*, void*)",
  ]),
];

/** Types of the C library that a template argument may name: they bear no flavor and need no declaration. */
export const C_LIBRARY_TYPES: ReadonlySet<string> = new Set(
  `_IO_FILE __mbstate_t __locale_struct __va_list_tag max_align_t timespec timeval timezone tm itimerspec stat stat64 statfs dirent __dirstream
  pthread_attr_t pthread_cond_t pthread_mutex_t pthread_rwlock_t pthread_barrier_t sem_t __pthread_internal_list sockaddr sockaddr_in
  sockaddr_in6 sockaddr_un sockaddr_storage addrinfo ifaddrs in_addr in6_addr ip_mreq pollfd epoll_event iovec msghdr hostent servent
  sigaction siginfo_t div_t ldiv_t lldiv_t lconv rusage rlimit utsname passwd group termios winsize`.split(/\s+/),
);
