// Owns how one parameter or result crosses from the shim to a library or back: what is converted before the call, what lives
// until it ends, and what is written back.
#ifndef UNFORK_PASSED_H_
#define UNFORK_PASSED_H_

#include <cstddef>
#include <cstring>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "unfork/convert.h"
#include "unfork/objects.h"

namespace unfork {
inline namespace v1 {

// Classes whose layout is the same in the shim and in the flavor, or of which only pointers exist: pointers cross as they are.
// Specialised by adapter units, which also assert the layout.
template <class L, class N, class F>
struct SameLayout : std::false_type {};
template <class L, class T>
struct SameLayout<L, T, T> : std::true_type {};

template <class L, class N, class F>
constexpr bool kSameLayout = SameLayout<L, std::remove_cv_t<N>, std::remove_cv_t<F>>::value;
// Pointers to such, and functions that take and give nothing else.
template <class L, class N, class F>
struct SameLayout<L, N*, F*> : std::integral_constant<bool, kSameLayout<L, N, F>> {};
template <class L, class T>
struct SameLayout<L, T*, T*> : std::true_type {};
template <class L, class N, class F, class... NArgs, class... FArgs>
struct SameLayout<L, N(NArgs...), F(FArgs...)>
    : std::integral_constant<bool, kSameLayout<L, N, F> && (kSameLayout<L, NArgs, FArgs> && ...)> {};
template <class L, class N, class... NArgs>
struct SameLayout<L, N(NArgs...), N(NArgs...)> : std::true_type {};

// By value, bit by bit.
template <class L, class N, class F>
struct Convert<L, N, F, std::enable_if_t<(std::is_class<N>::value || std::is_union<N>::value) && !std::is_same<N, F>::value && SameLayout<L, N, F>::value>> {
  static F ToLibrary(const N& value, Lender) {
    F result;
    std::memcpy(&result, &value, sizeof(result));
    return result;
  }
  static N ToShim(const F& value, Lender) {
    N result;
    std::memcpy(&result, &value, sizeof(result));
    return result;
  }
};
template <class L, class N, class F>
struct Convert<L, N*, F*, std::enable_if_t<!std::is_same<N, F>::value && SameLayout<L, N*, F*>::value>> {
  static F* ToLibrary(N* value, Lender) { return reinterpret_cast<F*>(value); }
  static N* ToShim(F* value, Lender) { return reinterpret_cast<N*>(value); }
};

// From the shim to the library.
struct Outward {
  template <class From, class To>
  using Shim = From;
  template <class From, class To>
  using Library = To;
  template <class L, class To, class From>
  static To Value(From&& value, Lender lender) {
    return unfork::ToLibrary<L, To>(std::forward<From>(value), lender);
  }
  template <class L, class To, class From>
  static To* Refer(From& object, Lender) {
    return Unwrap<L, std::remove_cv_t<From>>(object);
  }
  using Back = struct Inward;
};

// From the library to the shim.
struct Inward {
  template <class From, class To>
  using Shim = To;
  template <class From, class To>
  using Library = From;
  template <class L, class To, class From>
  static To Value(From&& value, Lender lender) {
    return unfork::ToShim<L, To>(std::forward<From>(value), lender);
  }
  template <class L, class To, class From>
  static To* Refer(From& library, Lender lender) {
    return Lend<L, std::remove_cv_t<To>>(&library, lender);
  }
  using Back = Outward;
};

template <class T>
using Pointee = std::remove_pointer_t<std::remove_reference_t<T>>;

// How a parameter crosses.
enum class Crossing { kSame, kReinterpreted, kReferred, kValue, kPointedValue, kChangedValue };

template <class D, class L, class From, class To>
constexpr Crossing CrossingOf() {
  using BareFrom = std::remove_reference_t<From>;
  using BareTo = std::remove_reference_t<To>;
  using N = std::remove_cv_t<Pointee<typename D::template Shim<From, To>>>;
  using F = std::remove_cv_t<Pointee<typename D::template Library<From, To>>>;
  constexpr bool kPointers = std::is_pointer<BareFrom>::value && std::is_pointer<BareTo>::value;
  constexpr bool kReferences = std::is_lvalue_reference<From>::value && std::is_lvalue_reference<To>::value;
  if constexpr (std::is_same<From, To>::value)
    return Crossing::kSame;
  else if constexpr ((kPointers || kReferences) && SameLayout<L, N, F>::value)
    return Crossing::kReinterpreted;
  else if constexpr (std::is_reference<To>::value && kIsWrapped<Bare<typename D::template Shim<From, To>>>)
    return Crossing::kReferred;
  else if constexpr (kPointers && kIsWrapped<N>)
    return Crossing::kValue;
  else if constexpr (kPointers)
    return Crossing::kPointedValue;
  else if constexpr (std::is_lvalue_reference<To>::value && !std::is_const<BareTo>::value)
    return Crossing::kChangedValue;
  else
    return Crossing::kValue;
}

// A parameter on its way, made before the call and gone after it.
template <class D, class L, class From, class To, Crossing = CrossingOf<D, L, From, To>()>
class Passed;

template <class D, class L, class From, class To>
class Passed<D, L, From, To, Crossing::kSame> {
 public:
  Passed(From&& from, Lender) : from_(std::forward<From>(from)) {}
  To get() { return static_cast<To&&>(from_); }

 private:
  From&& from_;
};

template <class D, class L, class From, class To>
class Passed<D, L, From, To, Crossing::kReinterpreted> {
 public:
  Passed(From from, Lender) : from_(from) {}
  To get() { return reinterpret_cast<To>(from_); }

 private:
  From from_;
};

template <class D, class L, class From, class To>
class Passed<D, L, From, To, Crossing::kReferred> {
 public:
  using Class = std::remove_reference_t<To>;
  Passed(From&& from, Lender lender) : to_(D::template Refer<L, Class>(from, lender)) {}
  To get() { return static_cast<To>(*to_); }

 private:
  Class* to_;
};

template <class D, class L, class From, class To>
class Passed<D, L, From, To, Crossing::kValue> {
 public:
  Passed(From&& from, Lender lender) : to_(D::template Value<L, Bare<To>>(std::forward<From>(from), lender)) {}
  To get() {
    if constexpr (std::is_lvalue_reference<To>::value)
      return to_;
    else
      return static_cast<Bare<To>&&>(to_);
  }

 private:
  Bare<To> to_;
};

// A pointer to a value: null stays null; what the callee changes is written back.
template <class D, class L, class From, class To>
class Passed<D, L, From, To, Crossing::kPointedValue> {
 public:
  using FromValue = std::remove_cv_t<Pointee<From>>;
  using ToValue = std::remove_cv_t<Pointee<To>>;
  static constexpr bool kWrites = !std::is_const<Pointee<From>>::value && !std::is_const<Pointee<To>>::value;
  Passed(From from, Lender lender) : from_(from), lender_(lender) {
    if (from != nullptr) to_.emplace(D::template Value<L, ToValue>(static_cast<const FromValue&>(*from), lender));
  }
  Passed(const Passed&) = delete;
  Passed& operator=(const Passed&) = delete;
  ~Passed() {
    if constexpr (kWrites) {
      if (from_ != nullptr) *from_ = D::Back::template Value<L, FromValue>(std::move(*to_), lender_);
    }
  }
  To get() { return to_.has_value() ? &*to_ : nullptr; }

 private:
  std::remove_reference_t<From> from_;
  Lender lender_;
  std::optional<ToValue> to_;
};

// A pointer to as many values as `count` says: null stays null; what the callee changes is written back.
template <class D, class L, class From, class To>
class PassedArray {
 public:
  using FromValue = std::remove_cv_t<Pointee<From>>;
  using ToValue = std::remove_cv_t<Pointee<To>>;
  static constexpr bool kWrites = !std::is_const<Pointee<From>>::value && !std::is_const<Pointee<To>>::value;
  template <class Count>
  PassedArray(From from, Count count, Lender lender) : from_(from), lender_(lender) {
    if (from == nullptr || !(count > Count{})) return;
    to_.reserve(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
      to_.push_back(D::template Value<L, ToValue>(static_cast<const FromValue&>(from[i]), lender));
  }
  PassedArray(const PassedArray&) = delete;
  PassedArray& operator=(const PassedArray&) = delete;
  ~PassedArray() {
    if constexpr (kWrites) {
      for (std::size_t i = 0; i < to_.size(); ++i) from_[i] = D::Back::template Value<L, FromValue>(std::move(to_[i]), lender_);
    }
  }
  To get() { return from_ == nullptr ? nullptr : to_.data(); }

 private:
  std::remove_reference_t<From> from_;
  Lender lender_;
  std::vector<ToValue> to_;
};

// A reference to a value that the callee changes.
template <class D, class L, class From, class To>
class Passed<D, L, From, To, Crossing::kChangedValue> {
 public:
  Passed(From from, Lender lender)
      : from_(from), lender_(lender), to_(D::template Value<L, Bare<To>>(static_cast<const Bare<From>&>(from), lender)) {}
  Passed(const Passed&) = delete;
  Passed& operator=(const Passed&) = delete;
  ~Passed() { from_ = D::Back::template Value<L, Bare<From>>(std::move(to_), lender_); }
  To get() { return to_; }

 private:
  Bare<From>& from_;
  Lender lender_;
  Bare<To> to_;
};

// A result that crosses; `From` is the type of the call.
template <class D, class L, class From, class To>
To Returned(From&& from, Lender lender) {
  constexpr Crossing kCrossing = CrossingOf<D, L, From, To>();
  if constexpr (kCrossing == Crossing::kSame || std::is_same<Bare<From>, To>::value)
    return static_cast<From&&>(from);
  else if constexpr (kCrossing == Crossing::kReinterpreted)
    return reinterpret_cast<To>(from);
  else if constexpr (kCrossing == Crossing::kReferred)
    return static_cast<To>(*D::template Refer<L, std::remove_reference_t<To>>(from, lender));
  else
    return D::template Value<L, Bare<To>>(std::forward<From>(from), lender);
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_PASSED_H_
