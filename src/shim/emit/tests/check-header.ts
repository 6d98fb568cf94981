/** Owns the few lines that generated tests check with: samples of values, how they compare, and deaths in a child process. */
import type { ShimPlan } from "../../plan/model.js";
import { CHECK_LIFETIME } from "./check-lifetime.js";

export function checkHeader({ namespace }: Pick<ShimPlan, "namespace">): string {
  return `// What the tests of ${namespace} check with; each flavor's tests have it in a namespace of their own. Generated.
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#endif

namespace UNFORK_TESTS {

inline int checks = 0;
inline int failures = 0;
inline int skipped = 0;

inline void Check(bool good, const char* what) {
  ++checks;
  if (good) return;
  ++failures;
  std::fprintf(stderr, "failed: %s\\n", what);
}

inline void Check(bool good, const char* of, const char* what) {
  ++checks;
  if (good) return;
  ++failures;
  std::fprintf(stderr, "failed: %s: %s\\n", of, what);
}

// What no sample can be made of; named when UNFORK_TESTS_VERBOSE is set.
inline void Skip(const char* what) {
  ++skipped;
  if (std::getenv("UNFORK_TESTS_VERBOSE") != nullptr) std::fprintf(stderr, "not tested: %s\\n", what);
}

// The body has to end the process with a message that holds the text.
template <class Body>
void CheckDies(Body body, const char* text, const char* what) {
#if defined(__unix__) || defined(__APPLE__)
  std::fflush(nullptr);
  int ends[2];
  if (pipe(ends) != 0) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], 2);
    close(ends[0]);
    close(ends[1]);
    body();
    _exit(0);
  }
  close(ends[1]);
  std::string seen;
  char piece[4096];
  for (ssize_t count = read(ends[0], piece, sizeof piece); count > 0; count = read(ends[0], piece, sizeof piece))
    seen.append(piece, static_cast<std::size_t>(count));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  Check(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && seen.find(text) != std::string::npos, what);
#else
  (void)body;
  (void)text;
  Skip(what);
#endif
}

template <class T>
using Plain = std::remove_cv_t<std::remove_reference_t<T>>;

// A value that is told apart from an empty one. \`kIs\`: one can be made.
template <class T, class = void>
struct Sample {
  static constexpr bool kIs = false;
};

template <class T>
bool SameValue(const T& a, const T& b) {
  if constexpr (std::is_array<T>::value) {
    for (std::size_t i = 0; i < std::extent<T>::value; ++i)
      if (!SameValue(a[i], b[i])) return false;
    return true;
  } else if constexpr (Sample<T>::kIs) {
    return Sample<T>::Same(a, b);
  } else {
    return true;
  }
}

template <class T>
void SetSample(T& to, int seed) {
  if constexpr (std::is_array<T>::value) {
    for (std::size_t i = 0; i < std::extent<T>::value; ++i) SetSample(to[i], seed + static_cast<int>(i % 50));
  } else if constexpr (Sample<T>::kIs && std::is_move_assignable<T>::value) {
    to = Sample<T>::Make(seed);
  }
}

// Members of packed structs are only copied: no reference may be bound to them.
template <class T>
T WithSample(T value, int seed) {
  SetSample(value, seed);
  return value;
}
template <class T>
bool SameCopies(T a, T b) {
  return SameValue(a, b);
}

template <class T>
T Empty() {
  if constexpr (std::is_constructible<T, unfork::Unset>::value)
    return T(unfork::Unset{});
  else if constexpr (std::is_default_constructible<T>::value)
    return T{};
  else
    std::abort();
}
template <class T>
constexpr bool kCanBeEmpty = std::is_constructible<T, unfork::Unset>::value || std::is_default_constructible<T>::value;

template <class T>
struct Sample<T, std::enable_if_t<std::is_arithmetic<T>::value>> {
  static constexpr bool kIs = true;
  static T Make(int seed) {
    if constexpr (std::is_same<T, bool>::value)
      return true;
    else
      return static_cast<T>(seed % 100 + 1);
  }
  static bool Same(T a, T b) { return a == b; }
};
template <>
struct Sample<std::string> {
  static constexpr bool kIs = true;
  static std::string Make(int seed) { return "text " + std::to_string(seed); }
  static bool Same(const std::string& a, const std::string& b) { return a == b; }
};
template <>
struct Sample<std::string_view> {
  static constexpr bool kIs = true;
  static std::string_view Make(int) { return "a view"; }
  static bool Same(std::string_view a, std::string_view b) { return a == b; }
};

template <class C>
bool SameElements(const C& a, const C& b) {
  if (a.size() != b.size()) return false;
  auto other = b.begin();
  for (const auto& one : a)
    if (!SameValue(one, *other++)) return false;
  return true;
}
template <class C, class T>
struct SampleSequence {
  static constexpr bool kIs = Sample<T>::kIs;
  static C Make(int seed) {
    C made;
    made.insert(made.end(), Sample<T>::Make(seed));
    made.insert(made.end(), Sample<T>::Make(seed + 1));
    return made;
  }
  static bool Same(const C& a, const C& b) { return SameElements(a, b); }
};
template <class T, class A>
struct Sample<std::vector<T, A>> : SampleSequence<std::vector<T, A>, T> {};
template <class T, class A>
struct Sample<std::deque<T, A>> : SampleSequence<std::deque<T, A>, T> {};
template <class T, class A>
struct Sample<std::list<T, A>> : SampleSequence<std::list<T, A>, T> {};
template <class T, class... R>
struct Sample<std::set<T, R...>> : SampleSequence<std::set<T, R...>, T> {};
template <class T, std::size_t kSize>
struct Sample<std::array<T, kSize>> {
  static constexpr bool kIs = Sample<T>::kIs;
  static std::array<T, kSize> Make(int seed) {
    std::array<T, kSize> made{};
    for (std::size_t i = 0; i < kSize; ++i) SetSample(made[i], seed + static_cast<int>(i % 50));
    return made;
  }
  static bool Same(const std::array<T, kSize>& a, const std::array<T, kSize>& b) { return SameElements(a, b); }
};
template <class T>
struct Sample<std::optional<T>> {
  static constexpr bool kIs = Sample<T>::kIs;
  static std::optional<T> Make(int seed) { return Sample<T>::Make(seed); }
  static bool Same(const std::optional<T>& a, const std::optional<T>& b) {
    return a.has_value() == b.has_value() && (!a.has_value() || SameValue(*a, *b));
  }
};
template <class A, class B>
struct Sample<std::pair<A, B>> {
  static constexpr bool kIs = Sample<Plain<A>>::kIs && Sample<B>::kIs;
  static std::pair<A, B> Make(int seed) { return {Sample<Plain<A>>::Make(seed), Sample<B>::Make(seed + 1)}; }
  static bool Same(const std::pair<A, B>& a, const std::pair<A, B>& b) {
    return SameValue<Plain<A>>(a.first, b.first) && SameValue(a.second, b.second);
  }
};
template <class K, class V, class... R>
struct Sample<std::map<K, V, R...>> : SampleSequence<std::map<K, V, R...>, std::pair<const K, V>> {};

// Numbers on both sides; anything else is compared once it is back: enumerations may have other numbers there.
template <class F, class N>
bool SameBits(const F& library, const N& shim) {
  if constexpr (std::is_array<F>::value && std::is_array<N>::value) {
    for (std::size_t i = 0; i < std::extent<F>::value; ++i)
      if (!SameBits(library[i], shim[i])) return false;
    return true;
  } else if constexpr (std::is_arithmetic<F>::value && std::is_arithmetic<N>::value) {
    return static_cast<long double>(library) == static_cast<long double>(shim);
  } else if constexpr (std::is_same<F, N>::value) {
    return SameValue(library, shim);
  } else {
    return true;
  }
}

template <class F, class N>
bool SameBitsOfCopies(F library, N shim) {
  return SameBits(library, shim);
}

// An argument of a call into the library and back: what is sent, and whether that arrived.
template <class L, class T, class = void>
struct Argument {
  static constexpr bool kIs = false;
};
template <class L, class T>
struct Argument<L, T, std::enable_if_t<Sample<Plain<T>>::kIs>> {
  static constexpr bool kIs = true;
  explicit Argument(int seed) : value(Sample<Plain<T>>::Make(seed)) {}
  T get() { return static_cast<T&&>(value); }
  static bool Same(const Plain<T>& arrived, int seed) { return Sample<Plain<T>>::Same(arrived, Sample<Plain<T>>::Make(seed)); }
  Plain<T> value;
};
// Nothing where something may be missing.
template <class T>
struct MayBeNothing : std::is_pointer<T> {};
template <class T, class D>
struct MayBeNothing<std::unique_ptr<T, D>> : std::true_type {};
template <class T>
struct MayBeNothing<std::shared_ptr<T>> : std::true_type {};
template <class T>
struct MayBeNothing<unfork::scoped_refptr<T>> : std::true_type {};
template <class L, class T>
struct Argument<L, T, std::enable_if_t<MayBeNothing<Plain<T>>::value>> {
  static constexpr bool kIs = true;
  explicit Argument(int) {}
  T get() { return static_cast<T&&>(value); }
  static bool Same(const Plain<T>& arrived, int) { return arrived == nullptr; }
  Plain<T> value{};
};
// An object of the library, where one can be made from nothing.
template <class L, class T>
struct Argument<L, T, std::enable_if_t<std::is_lvalue_reference<T>::value && unfork::kIsObject<Plain<T>> && std::is_default_constructible<Plain<T>>::value>> {
  static constexpr bool kIs = true;
  explicit Argument(int) {}
  T get() { return value; }
  static bool Same(const Plain<T>& arrived, int) { return unfork::Unwrap<L>(arrived) != nullptr; }
  Plain<T> value;
};

// What an application's function gives back, and whether that arrived.
template <class L, class R, class = void>
struct Result {
  static constexpr bool kIs = false;
  [[noreturn]] static R Give() { std::abort(); }
};
template <class L>
struct Result<L, void> {
  static constexpr bool kIs = true;
  static void Give() {}
  template <class Call>
  static bool Same(Call call) {
    call();
    return true;
  }
};
template <class L, class R>
struct Result<L, R, std::enable_if_t<Sample<R>::kIs && !std::is_reference<R>::value>> {
  static constexpr bool kIs = true;
  static R Give() { return Sample<R>::Make(3); }
  template <class Call>
  static bool Same(Call call) {
    return Sample<R>::Same(call(), Sample<R>::Make(3));
  }
};
template <class L, class R>
struct Result<L, R, std::enable_if_t<MayBeNothing<R>::value>> {
  static constexpr bool kIs = true;
  static R Give() { return nullptr; }
  template <class Call>
  static bool Same(Call call) {
    return call() == nullptr;
  }
};

${CHECK_LIFETIME}
}  // namespace UNFORK_TESTS
`;
}
