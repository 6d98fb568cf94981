// Owns tables of operations: pointers where two flavors are in the program, plain functions where there is one.
#ifndef UNFORK_OPERATIONS_H_
#define UNFORK_OPERATIONS_H_

#include <cassert>
#include <type_traits>

#include "unfork/compiler.h"

// A struct of these is the table of a class:
//
//   struct EchoOps {
//     UNFORK_OP(void, Destroy, void* object);
//     UNFORK_OP(int, Delay, const void* object);
//   };
//
// With two flavors there is one constant `EchoOps` for each of them; in a program with one the functions `EchoOps::Destroy` and
// `EchoOps::Delay` are defined by its flavor's unit, and `ops->Delay(object)` calls that function. An operation without parameters
// has the parameter `void`; a result that has a comma or is a pointer to a function stands in `UNFORK_TYPE(...)`.
#define UNFORK_POINTER_OP(result, name, ...) result (*name)(__VA_ARGS__)
#define UNFORK_DIRECT_OP(result, name, ...) static result name(__VA_ARGS__)

// For one library a header may choose by itself. Where one macro decides for the whole program, it is UNFORK_SHIM_ONLY, whose
// value is the number of the only flavor.
#if defined(UNFORK_SHIM_ONLY)
#define UNFORK_OP UNFORK_DIRECT_OP
#else
#define UNFORK_OP UNFORK_POINTER_OP
#endif

#define UNFORK_TYPE(...) ::unfork::Type<__VA_ARGS__>

namespace unfork {
inline namespace v1 {

namespace detail {
template <class T>
struct Identity {
  using type = T;
};
}  // namespace detail

template <class T>
using Type = typename detail::Identity<T>::type;

/// The table of an object, which is also the tag that tells its flavor: two objects are of one flavor when their tables are equal.
/// `Ops` is complete, and has at least one operation.
template <class Ops, bool kDirectCalls = std::is_empty_v<Ops>>
class OpsRef {
 public:
  constexpr OpsRef() noexcept = default;
  constexpr OpsRef(const Ops* ops) noexcept : ops_(ops) {}

  constexpr const Ops* operator->() const noexcept {
    assert(ops_ != nullptr);
    return ops_;
  }
  constexpr const Ops* get() const noexcept { return ops_; }
  constexpr explicit operator bool() const noexcept { return ops_ != nullptr; }

  friend constexpr bool operator==(OpsRef left, OpsRef right) noexcept { return left.ops_ == right.ops_; }
  friend constexpr bool operator!=(OpsRef left, OpsRef right) noexcept { return left.ops_ != right.ops_; }

 private:
  const Ops* ops_ = nullptr;
};

/// A variable of its own, made where it is used: clang makes members that are constants with their class, when `Ops` is not there yet.
template <class Ops>
inline constexpr Ops kOnlyTable{};

/// In a program with one flavor there is one table, without any contents: nothing is stored and nothing read.
template <class Ops>
class OpsRef<Ops, true> {
 public:
  constexpr OpsRef() noexcept = default;
  constexpr OpsRef(const Ops*) noexcept {}

  constexpr const Ops* operator->() const noexcept { return &kOnlyTable<Ops>; }
  constexpr const Ops* get() const noexcept { return &kOnlyTable<Ops>; }
  constexpr explicit operator bool() const noexcept { return true; }

  friend constexpr bool operator==(OpsRef, OpsRef) noexcept { return true; }
  friend constexpr bool operator!=(OpsRef, OpsRef) noexcept { return false; }
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_OPERATIONS_H_
