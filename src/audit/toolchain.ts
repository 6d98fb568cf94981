/** Owns what every C++ program shares by declaration: the toolchain's own library and ABI runtime. */
import type { SharedNames } from "../model/audit.js";

function named(reason: string, patterns: readonly string[]): SharedNames[] {
  return patterns.map((pattern) => ({ pattern, reason }));
}

/** Both flavors are built by one toolchain, so these are one and the same thing on both sides; bodies are compared all the same. */
export const TOOLCHAIN_SHARED: readonly SharedNames[] = [
  ...named("the C++ standard library", ["std::*", "__gnu_cxx::*", "__gnu_internal::*"]),
  ...named("the C++ ABI runtime", ["__cxxabiv1::*", "operator new*", "operator delete*", "__gxx_*", "DW.ref.*", "__clang_call_terminate"]),
  ...named("code that the compiler puts into every object that needs it", ["__x86.get_pc_thunk.*", "__llvm_*", "__odr_asan*", "__asan_*"]),
  ...named("types of the C library", [
    "_IO_FILE",
    "__locale_struct",
    "__va_list_tag",
    "max_align_t",
    "timespec",
    "timeval",
    "tm",
    "stat",
    "dirent",
    "pthread_*",
    "sockaddr*",
    "addrinfo",
    "in_addr",
    "in6_addr",
  ]),
];
