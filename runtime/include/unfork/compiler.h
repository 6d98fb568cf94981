// Owns what differs between compilers: attributes that every other header of the runtime writes by one name.
#ifndef UNFORK_COMPILER_H_
#define UNFORK_COMPILER_H_

#if !defined(_MSVC_LANG) && (!defined(__cplusplus) || __cplusplus < 201703L)
#error "unfork: the runtime of a shim needs C++17: compile with -std=c++17 or newer."
#elif defined(_MSVC_LANG) && _MSVC_LANG < 201703L
#error "unfork: the runtime of a shim needs C++17: compile with /std:c++17 or newer."
#endif

// UNFORK_COLD: out of line and away from the code that runs. UNFORK_UNLIKELY: a condition that does not hold but once.
// UNFORK_SHARED: what a process has one of, though several shared libraries that hide their symbols hold a copy.
#if defined(__GNUC__) || defined(__clang__)
#define UNFORK_COLD __attribute__((noinline, cold))
#define UNFORK_UNLIKELY(condition) (__builtin_expect(static_cast<bool>(condition), 0))
#elif defined(_MSC_VER)
#define UNFORK_COLD __declspec(noinline)
#define UNFORK_UNLIKELY(condition) (condition)
#else
#define UNFORK_COLD
#define UNFORK_UNLIKELY(condition) (condition)
#endif

// Before a struct without a name that is a member: C has it, C++ compilers have it as an extension.
#if defined(__GNUC__) || defined(__clang__)
#define UNFORK_EXTENSION __extension__
#else
#define UNFORK_EXTENSION
#endif

#if !defined(UNFORK_SHARED)
#if (defined(__GNUC__) || defined(__clang__)) && !defined(_WIN32)
#define UNFORK_SHARED __attribute__((visibility("default")))
#else
#define UNFORK_SHARED
#endif
#endif

#endif  // UNFORK_COMPILER_H_
