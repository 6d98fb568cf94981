// Owns the loud end of a program that uses a shim wrongly: one message, a backtrace, `abort`.
#ifndef UNFORK_FAIL_H_
#define UNFORK_FAIL_H_

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "unfork/compiler.h"
#include "unfork/text.h"

// musl has no <execinfo.h>; on BSD it wants a library of its own, on Android a new release.
#if !defined(UNFORK_NO_BACKTRACE) && defined(__has_include)
#if __has_include(<execinfo.h>) && (defined(__GLIBC__) || defined(__APPLE__) || (defined(__ANDROID_API__) && __ANDROID_API__ >= 33))
#define UNFORK_HAS_BACKTRACE 1
#include <execinfo.h>
#endif
#endif

namespace unfork {
inline namespace v1 {

/// Is given the message before the program aborts, so that a crash reporter can attach it. The program aborts when it returns;
/// it is called once, on the thread that failed.
using FailureHook = void (*)(const char* message);

namespace detail {

struct Failure {
  std::atomic<FailureHook> hook{nullptr};
  std::atomic<bool> begun{false};
};
UNFORK_SHARED inline Failure failure;

/// Whether this thread is in `Fail` already: the hook failed, too.
inline bool& IsFailing() noexcept {
  static thread_local bool failing = false;
  return failing;
}

/// A line per frame with its function, where the program tells it, and its address. Addresses of calls, not of what comes behind
/// them: a function that ends in a call of `Fail` has nothing behind it.
inline void PrintBacktrace() noexcept {
#if defined(UNFORK_HAS_BACKTRACE)
  void* frames[64];
  const int count = backtrace(frames, 64);
  for (int index = 1; index < count; ++index) frames[index] = static_cast<char*>(frames[index]) - 1;
  backtrace_symbols_fd(frames, count, 2);
#endif
}

UNFORK_COLD inline void Print(const char* message) noexcept {
  std::fputs(message, stderr);
  std::fputs("\n", stderr);
  std::fflush(stderr);
}

/// Another thread failed first: its hook gets five seconds before this one ends the program.
UNFORK_COLD inline void LetTheFirstFinish() noexcept {
  std::this_thread::sleep_for(std::chrono::seconds(5));
}

[[noreturn]] UNFORK_COLD inline void End(const char* message) noexcept {
  Print(message);
  if (!IsFailing()) {
    IsFailing() = true;
    if (failure.begun.exchange(true)) {
      LetTheFirstFinish();
    } else {
      PrintBacktrace();
      if (const FailureHook hook = failure.hook.load()) hook(message);
    }
  }
  std::abort();
}

}  // namespace detail

/// Returns the hook that was there before, or null.
inline FailureHook SetFailureHook(FailureHook hook) noexcept { return detail::failure.hook.exchange(hook); }

/// Prints `unfork: <library>: <parts>` and a backtrace to the error stream, tells the hook and aborts, in debug and in release
/// builds. Parts are texts, numbers and places.
template <class... Parts>
[[noreturn]] UNFORK_COLD void Fail(const char* library, const Parts&... parts) noexcept {
  Text<2048> message;
  message.Add("unfork: ").Add(library).Add(": ");
  (message.Add(parts), ...);
  detail::End(message.c_str());
}

/// Ends the process: what was called through an interface is protected in the library's class, which calls it itself.
[[noreturn]] inline void NotForCallers(const char* library, const char* name) {
  Fail(library, name, " of this object is protected in the library: call what the object's own class offers");
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_FAIL_H_
