// Owns the flavor of pointers that have no place for a tag, to structs of C and to classes that are only declared: each address that a
// flavor hands out is remembered with that flavor, and looked up where it is handed in.
//
// Nothing is remembered in a program that opens no scope: it has one flavor. Addresses that are not known pass, since a pointer may have
// come another way; an address that is handed out again belongs to who hands it out last.
#ifndef UNFORK_HANDED_H_
#define UNFORK_HANDED_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <type_traits>
#include <unordered_map>

#include "unfork/compiler.h"
#include "unfork/fail.h"
#include "unfork/flavor_state.h"
#include "unfork/handle.h"
#include "unfork/place.h"

namespace unfork {
inline namespace v1 {

// The name of a class whose pointers are remembered, as `value`. Specialised by adapter units.
template <class N>
struct HandedName;

namespace detail {

/// The same number for the same name in every unit and in every shared library.
constexpr std::uint64_t HandedId(const char* name) noexcept {
  std::uint64_t hash = 14695981039346656037ULL;
  for (; *name != '\0'; ++name) hash = (hash ^ static_cast<unsigned char>(*name)) * 1099511628211ULL;
  return hash;
}
template <class N>
inline constexpr std::uint64_t kHandedId = HandedId(HandedName<N>::value);

/// Who handed an address out.
struct HandedOrigin {
  int flavor;
  const char* flavor_name;
  /// The shim's function.
  const char* call;
  /// Of the scope in which that was, or none.
  Place scope;
};

/// An address may be an object's and its first member's.
struct HandedKey {
  const void* address;
  std::uint64_t type;
  bool operator==(const HandedKey& other) const noexcept { return address == other.address && type == other.type; }
};
struct HandedHash {
  std::size_t operator()(const HandedKey& key) const noexcept {
    const auto address = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(key.address));
    return static_cast<std::size_t>(((address >> 4) ^ key.type) * 0x9E3779B97F4A7C15ULL >> 16);
  }
};

/// Part of the addresses, so that threads seldom wait for each other.
class alignas(64) HandedShard {
 public:
  void Record(const HandedKey& key, const HandedOrigin& origin) {
    const std::lock_guard<std::mutex> guard(mutex_);
    origins_[key] = origin;
  }
  void Forget(const HandedKey& key) {
    const std::lock_guard<std::mutex> guard(mutex_);
    origins_.erase(key);
  }
  /// What another flavor than this one handed out is somebody else's by now.
  void ForgetOthers(const HandedKey& key, int flavor) {
    const std::lock_guard<std::mutex> guard(mutex_);
    const auto found = origins_.find(key);
    if (found != origins_.end() && found->second.flavor != flavor) origins_.erase(found);
  }
  /// Whether another flavor than this one handed it out.
  bool FindOther(const HandedKey& key, int flavor, HandedOrigin& origin) {
    const std::lock_guard<std::mutex> guard(mutex_);
    const auto found = origins_.find(key);
    if (found == origins_.end() || found->second.flavor == flavor) return false;
    origin = found->second;
    return true;
  }

 private:
  std::mutex mutex_;
  std::unordered_map<HandedKey, HandedOrigin, HandedHash> origins_;
};

/// Never destroyed: pointers are handed about as long as the process lives.
UNFORK_SHARED inline HandedShard& HandedShardOf(const HandedKey& key) {
  constexpr std::size_t kShards = 16;
  static HandedShard* const shards = new HandedShard[kShards];
  return shards[HandedHash()(key) % kShards];
}

template <class L, class N>
UNFORK_COLD void RecordHanded(const void* address, const char* call) {
  const HandedKey key{address, kHandedId<N>};
  HandedShardOf(key).Record(key, HandedOrigin{L::kIndex, L::kFlavor, call, FlavorScope::PlaceOf(L::kLibrary)});
}

template <class N>
UNFORK_COLD void ForgetHanded(const void* address) {
  const HandedKey key{address, kHandedId<N>};
  HandedShardOf(key).Forget(key);
}

template <class L, class N>
UNFORK_COLD void ForgetOthersHanded(const void* address) {
  const HandedKey key{address, kHandedId<N>};
  HandedShardOf(key).ForgetOthers(key, L::kIndex);
}

/// `, in the scope opened at main.cc:12 (main)`, or nothing.
inline void AddScope(Text<512>& text, const Place& scope) noexcept {
  if (scope.file != nullptr) text.Add(", in the scope opened at ").Add(scope);
}

template <class L, class N>
UNFORK_COLD void CheckHanded(const void* address, const char* call) {
  const HandedKey key{address, kHandedId<N>};
  HandedOrigin origin{};
  if (!HandedShardOf(key).FindOther(key, L::kIndex, origin)) return;
  Text<512> before;
  AddScope(before, origin.scope);
  Text<512> now;
  AddScope(now, FlavorScope::PlaceOf(L::kLibrary));
  Fail(L::kLibrary, "a pointer to ", HandedName<N>::value, " that belongs to flavor ", origin.flavor_name, " (", origin.call, " handed it out",
       before.c_str(), ") was handed to flavor ", L::kFlavor, ", to ", call, now.c_str(), ".\n  Use it in the flavor that made it.");
}

/// False in a program with one flavor, and in one that opens no scope.
inline bool RemembersHanded() noexcept {
  if constexpr (kOneFlavor) return false;
  return scopes_used.load(std::memory_order_relaxed);
}

}  // namespace detail

// A pointer that is handed to the flavor `L` by `call`: ends the process when another flavor handed it out.
template <class L, class N>
void HandedIn(N* pointer, const char* call) {
  if (!detail::RemembersHanded() || pointer == nullptr) return;
  detail::CheckHanded<L, std::remove_cv_t<N>>(pointer, call);
}

// The same, for a function that may end the object: its address may be anybody's from now on.
template <class L, class N>
void HandedBack(N* pointer, const char* call) {
  if (!detail::RemembersHanded() || pointer == nullptr) return;
  detail::CheckHanded<L, std::remove_cv_t<N>>(pointer, call);
  detail::ForgetHanded<std::remove_cv_t<N>>(pointer);
}

// A pointer that the flavor `L` hands out is remembered.
template <class L, class N>
N* HandedOut(N* pointer, const char* call) {
  if (detail::RemembersHanded() && pointer != nullptr) detail::RecordHanded<L, std::remove_cv_t<N>>(pointer, call);
  return pointer;
}

// A pointer that the flavor `L` hands out and that nobody has to give back: what another flavor had there before is gone.
template <class L, class N>
N* HandedOn(N* pointer) {
  if (detail::RemembersHanded() && pointer != nullptr) detail::ForgetOthersHanded<L, std::remove_cv_t<N>>(pointer);
  return pointer;
}

// A variable that a call may set to a pointer, or to nothing; looked at once the call has ended.
template <class L, bool kRecords, class N>
class HandedThrough {
 public:
  HandedThrough(N** variable, const char* call) : variable_(detail::RemembersHanded() ? variable : nullptr), call_(call) {
    if (variable_ != nullptr) before_ = *variable_;
  }
  HandedThrough(const HandedThrough&) = delete;
  HandedThrough& operator=(const HandedThrough&) = delete;
  ~HandedThrough() {
    if (variable_ == nullptr) return;
    N* const after = *variable_;
    if (after == nullptr) {
      if (before_ != nullptr) detail::ForgetHanded<std::remove_cv_t<N>>(before_);
    } else if (kRecords && after != before_) {
      detail::RecordHanded<L, std::remove_cv_t<N>>(after, call_);
    } else {
      // The same as before: left alone, or the address of a new object.
      detail::ForgetOthersHanded<L, std::remove_cv_t<N>>(after);
    }
  }

 private:
  N** variable_;
  const char* call_;
  N* before_ = nullptr;
};
template <class L, bool kRecords, class N>
HandedThrough<L, kRecords, N> WatchHanded(N** variable, const char* call) {
  return HandedThrough<L, kRecords, N>(variable, call);
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_HANDED_H_
