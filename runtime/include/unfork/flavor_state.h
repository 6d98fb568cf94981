// Owns which flavor of one library a process uses: set once, before the first use, and read by every call that is made of no object.
#ifndef UNFORK_FLAVOR_STATE_H_
#define UNFORK_FLAVOR_STATE_H_

#include <atomic>
#include <cstddef>
#include <cstring>

#include "unfork/compiler.h"
#include "unfork/fail.h"
#include "unfork/hooks.h"
#include "unfork/place.h"
#include "unfork/record.h"
#include "unfork/spin_lock.h"

namespace unfork {
inline namespace v1 {

class FlavorScope;

namespace detail {

/// Whether this process opens scopes, or holds code that does: then pointers are remembered that have no place for a flavor (handed.h).
UNFORK_SHARED inline std::atomic<bool> scopes_used{false};
inline bool UseScopes() noexcept {
  scopes_used.store(true, std::memory_order_relaxed);
  return true;
}

/// Made where a scope is opened, and only there: the program knows as it starts.
template <int kUse>
struct ScopeUse {
  static const bool kKnown;
};
template <int kUse>
const bool ScopeUse<kUse>::kKnown = UseScopes();

}  // namespace detail

/// A flavor as it is in this program. The texts live as long as the program.
struct Built {
  const char* flavor;
  const char* release;
  /// What `Current` gives while this flavor is in force, or null: the flavor is not in this program.
  const void* api;
};

/// The `api` of a flavor that nothing is dispatched to, in a program with one flavor.
inline constexpr char kDirect = 0;

/// One per library, as a static object: it is a constant that needs no code to run before `main`, and is never destroyed. All
/// members may be called from any thread.
///
/// A program with one flavor has one, too. `Set` of the flavor that is not there aborts, and so does `Get` before `Set`: a program that
/// runs with one flavor must run with two. Its calls do not ask `Current`: they are direct, and they do not notice that nothing was set.
class FlavorState {
 public:
  constexpr FlavorState(const char* library, Built first, Built second) noexcept : library_(library), built_{first, second} {
    record_.core_line.Add("unfork-flavor:").Add(library).Add("=unset");
    record_.flavor_key.Add(library).Add(".flavor");
    record_.release_key.Add(library).Add(".release");
    record_.source_key.Add(library).Add(".flavor.source");
  }
  FlavorState(const FlavorState&) = delete;
  FlavorState& operator=(const FlavorState&) = delete;

  /// Chooses the flavor of the process. The same one again is no error and changes nothing; another one aborts, naming both places.
  void Set(int index, Place where = Here(), const char* source = "program");

  /// The flavor in force on this thread: that of the innermost scope, else the process's. Aborts when there is none.
  int Get(Place where = Here()) const;

  /// The flavor of the process, or -1 as long as none is set.
  int Chosen() const noexcept { return chosen_.load(std::memory_order_acquire); }
  bool IsSet() const noexcept { return Chosen() >= 0; }

  /// The `api` of the flavor in force on this thread. `call` names the caller's function, for the message when there is none.
  const void* Current(const char* call) {
    const void* api = published_.load(std::memory_order_acquire);
    if (UNFORK_UNLIKELY(api == nullptr)) return Find(call);
    return api;
  }

  bool IsBuilt(int index) const noexcept { return (index == 0 || index == 1) && built_[index].api != nullptr; }
  const char* library() const noexcept { return library_; }
  const char* name(int index) const noexcept { return built_[index].flavor; }
  const char* release(int index) const noexcept { return built_[index].release; }
  /// What chose the flavor of the process, or "" as long as none is set.
  const char* source() const noexcept { return IsSet() ? record_.source.c_str() : ""; }

 private:
  friend class FlavorScope;

  /// Null as long as a call has something to do besides: report the first use, abort, or look for the thread's scopes.
  std::atomic<const void*> published_{nullptr};
  std::atomic<int> chosen_{-1};
  const char* library_;
  Built built_[2];
  /// Of `Set`; written once, before `chosen_`.
  Place place_;
  SpinLock lock_;
  /// Scopes of all threads; guarded by the lock.
  int scopes_ = 0;
  detail::FlavorRecord record_;

  const void* Find(const char* call);
  const FlavorScope* ScopeOfThread() const noexcept;
  void RequireBuilt(int index, const Place& where) const;
  void Choose(int index, const Place& where, const char* source) noexcept;
  [[noreturn]] void FailUnset(const char* call, const Place& where) const;
  Exposure ExposureOf(int index, const char* source, const char* call, const Place& place) const noexcept {
    return Exposure{library_, built_[index].flavor, built_[index].release, source, call, place};
  }

  void Publish() noexcept;
  void EnterScope() noexcept;
  void LeaveScope() noexcept;
};

/// While it lives, objects made and functions called on this thread are of the given flavor, whatever the process's is: for runs of both
/// flavors beside each other. Scopes nest. Threads that are started inside do not inherit it. While a scope lives anywhere in
/// the process, calls that are made of no object look for it; without scopes they cost nothing more.
class FlavorScope {
 public:
  template <int kUse = 0>
  FlavorScope(FlavorState& state, int index, Place where = Here());
  ~FlavorScope();
  FlavorScope(const FlavorScope&) = delete;
  FlavorScope& operator=(const FlavorScope&) = delete;
  /// A scope is a local variable: it ends on its thread, before the scopes around it.
  void* operator new(std::size_t) = delete;
  void* operator new[](std::size_t) = delete;

  /// Where the innermost scope of a library was opened on this thread; no place where there is none.
  static Place PlaceOf(const char* library) noexcept;

 private:
  friend class FlavorState;

  /// The innermost scope of this thread, of any library.
  UNFORK_SHARED static const FlavorScope*& Innermost() noexcept {
    static thread_local const FlavorScope* innermost = nullptr;
    return innermost;
  }

  FlavorState& state_;
  const int index_;
  const Place place_;
  const FlavorScope* const outer_;
};

UNFORK_COLD inline void FlavorState::Set(int index, Place where, const char* source) {
  RequireBuilt(index, where);
  Place before;
  int chosen = -1;
  {
    const SpinGuard guard(lock_);
    chosen = chosen_.load(std::memory_order_relaxed);
    before = place_;
    if (chosen < 0) Choose(index, where, source);
  }
  if (chosen < 0) return detail::Announce(record_);
  if (chosen == index) return;
  Fail(library_, "the flavor was set to ", built_[chosen].flavor, " at ", before, " and cannot become ", built_[index].flavor, " at ", where,
       ".\n  A process has one flavor from start-up to its end: set it in one place, or open an unfork::FlavorScope for what is to run on the other.");
}

/// With the lock held.
inline void FlavorState::Choose(int index, const Place& where, const char* source) noexcept {
  place_ = where;
  record_.flavor = built_[index].flavor;
  record_.release = built_[index].release;
  record_.source.Add(source);
  record_.core_line.Clear();
  record_.core_line.Add("unfork-flavor:").Add(library_).Add('=').Add(record_.flavor).Add('@').Add(record_.release);
  chosen_.store(index, std::memory_order_release);
}

inline int FlavorState::Get(Place where) const {
  if (const FlavorScope* scope = ScopeOfThread()) return scope->index_;
  const int index = Chosen();
  if (UNFORK_UNLIKELY(index < 0)) FailUnset(nullptr, where);
  return index;
}

UNFORK_COLD inline const void* FlavorState::Find(const char* call) {
  if (const FlavorScope* scope = ScopeOfThread()) {
    const int index = scope->index_;
    if (record_.exposed[index].load(std::memory_order_acquire) == 0) {
      detail::Expose(record_, index, ExposureOf(index, "scope", call, scope->place_));
    }
    return built_[index].api;
  }
  const int index = Chosen();
  if (index < 0) FailUnset(call, Place{});
  if (record_.exposed[detail::kProcessExposure].load(std::memory_order_acquire) == 0) {
    detail::Expose(record_, detail::kProcessExposure, ExposureOf(index, record_.source.c_str(), call, place_));
    Publish();
  }
  return built_[index].api;
}

inline const FlavorScope* FlavorState::ScopeOfThread() const noexcept {
  const FlavorScope* scope = FlavorScope::Innermost();
  while (scope != nullptr && &scope->state_ != this) scope = scope->outer_;
  return scope;
}

inline void FlavorState::Publish() noexcept {
  const SpinGuard guard(lock_);
  if (scopes_ == 0) published_.store(built_[chosen_.load(std::memory_order_relaxed)].api, std::memory_order_release);
}

inline void FlavorState::EnterScope() noexcept {
  const SpinGuard guard(lock_);
  ++scopes_;
  published_.store(nullptr, std::memory_order_relaxed);
}

/// The flavor is published again if it was: its first use has been reported.
inline void FlavorState::LeaveScope() noexcept {
  const SpinGuard guard(lock_);
  --scopes_;
  const int index = chosen_.load(std::memory_order_relaxed);
  if (scopes_ > 0 || index < 0 || record_.exposed[detail::kProcessExposure].load(std::memory_order_acquire) == 0) return;
  published_.store(built_[index].api, std::memory_order_release);
}

UNFORK_COLD inline void FlavorState::RequireBuilt(int index, const Place& where) const {
  if (IsBuilt(index)) return;
  if (index != 0 && index != 1) Fail(library_, "there is no flavor number ", index, ", asked for at ", where, ".");
  Fail(library_, "the flavor ", built_[index].flavor, " was asked for at ", where, ", but only ", built_[1 - index].flavor,
       " is built into this program.\n  Build the program with both flavors, or ask for ", built_[1 - index].flavor, ".");
}

[[noreturn]] UNFORK_COLD inline void FlavorState::FailUnset(const char* call, const Place& where) const {
  Text<512> built;
  for (int index = 0; index < 2; ++index) {
    if (!IsBuilt(index)) continue;
    if (built.size() > 0) built.Add(", ");
    built.Add(built_[index].flavor).Add(" (").Add(built_[index].release).Add(')');
  }
  Text<512> what;
  if (call != nullptr) {
    what.Add(call).Add(" was called");
  } else {
    what.Add("the flavor was asked for at ").Add(where);
  }
  Fail(library_, what.c_str(), " before the flavor was set.\n  Set it at start-up, before the first call and before objects with static storage call; built into this program: ",
       built.c_str(), ".");
}

template <int kUse>
UNFORK_COLD FlavorScope::FlavorScope(FlavorState& state, int index, Place where)
    : state_(state), index_(index), place_(where), outer_(Innermost()) {
  static_cast<void>(&detail::ScopeUse<kUse>::kKnown);
  detail::UseScopes();
  state.RequireBuilt(index, where);
  state.EnterScope();
  Innermost() = this;
}

inline Place FlavorScope::PlaceOf(const char* library) noexcept {
  const FlavorScope* scope = Innermost();
  while (scope != nullptr && std::strcmp(scope->state_.library_, library) != 0) scope = scope->outer_;
  return scope == nullptr ? Place{} : scope->place_;
}

UNFORK_COLD inline FlavorScope::~FlavorScope() {
  if (Innermost() != this) {
    Fail(state_.library_, "the flavor scope opened at ", place_, " ends on another thread, or before a scope inside it.\n  A scope is a local variable of the function that runs under it.");
  }
  Innermost() = outer_;
  state_.LeaveScope();
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_FLAVOR_STATE_H_
