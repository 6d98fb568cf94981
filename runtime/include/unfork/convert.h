// Owns conversions between the shim's types and one flavor's. `L` is the flavor's tag type, `N` the shim's type, `F` the
// flavor's type; a generated adapter unit adds its enums, structs and classes as specialisations.
//
// `Lender` says who keeps wrappers of what the library lends.
#ifndef UNFORK_CONVERT_H_
#define UNFORK_CONVERT_H_

#include <array>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "unfork/mismatch.h"
#include "unfork/pool.h"
#include "unfork/span.h"

namespace unfork {
inline namespace v1 {

template <class T>
using Bare = std::remove_cv_t<std::remove_reference_t<T>>;

// Convert<L, N, F>::ToLibrary(N, Lender) gives an F, ToShim(F, Lender) an N.
template <class L, class N, class F, class = void>
struct Convert;

template <class L, class F, class N>
F ToLibrary(N&& value, Lender lender) {
  return Convert<L, Bare<N>, Bare<F>>::ToLibrary(std::forward<N>(value), lender);
}
template <class L, class N, class F>
N ToShim(F&& value, Lender lender) {
  return Convert<L, Bare<N>, Bare<F>>::ToShim(std::forward<F>(value), lender);
}

// The same type on both sides.
template <class L, class T>
struct Convert<L, T, T, void> {
  template <class From>
  static T ToLibrary(From&& value, Lender) {
    return std::forward<From>(value);
  }
  template <class From>
  static T ToShim(From&& value, Lender) {
    return std::forward<From>(value);
  }
};

template <class N, class F>
using IfDiffer = std::enable_if_t<!std::is_same<N, F>::value>;

// Numbers of different types.
template <class L, class N, class F>
struct Convert<L, N, F,
               std::enable_if_t<std::is_arithmetic<N>::value && std::is_arithmetic<F>::value && !std::is_same<N, F>::value>> {
  static F ToLibrary(N value, Lender) { return CheckedNumber<F>(value); }
  static N ToShim(F value, Lender) { return CheckedNumber<N>(value); }
};

// The number that an enumeration without a name is stored as.
template <class L, class N, class F>
struct Convert<L, N, F, std::enable_if_t<std::is_integral<N>::value && std::is_enum<F>::value>> {
  static F ToLibrary(N value, Lender) { return static_cast<F>(value); }
  static N ToShim(F value, Lender) { return static_cast<N>(value); }
};

// Sequences, element by element.
template <class N, class F>
struct IsSequencePair : std::false_type {};
template <class N, class A, class F, class B>
struct IsSequencePair<std::vector<N, A>, std::vector<F, B>> : std::true_type {};
template <class N, class A, class F, class B>
struct IsSequencePair<std::deque<N, A>, std::deque<F, B>> : std::true_type {};
template <class N, class A, class F, class B>
struct IsSequencePair<std::list<N, A>, std::list<F, B>> : std::true_type {};

template <class To, class From>
void ReserveIfCan(To&, const From&) {}
template <class T, class A, class From>
void ReserveIfCan(std::vector<T, A>& to, const From& from) {
  to.reserve(from.size());
}

// An element as it leaves its container: moved out of one that is given away.
template <class Container, class Element>
decltype(auto) Out(Element& element) {
  if constexpr (std::is_lvalue_reference<Container>::value || std::is_const<std::remove_reference_t<Container>>::value)
    return static_cast<const Element&>(element);
  else
    return static_cast<Element&&>(element);
}

template <class L, class N, class F>
struct Convert<L, N, F, std::enable_if_t<IsSequencePair<N, F>::value && !std::is_same<N, F>::value>> {
  template <class From>
  static F ToLibrary(From&& value, Lender lender) {
    F result;
    ReserveIfCan(result, value);
    for (auto& element : value) result.push_back(unfork::ToLibrary<L, typename F::value_type>(Out<From>(element), lender));
    return result;
  }
  template <class From>
  static N ToShim(From&& value, Lender lender) {
    N result;
    ReserveIfCan(result, value);
    for (auto& element : value) result.push_back(unfork::ToShim<L, typename N::value_type>(Out<From>(element), lender));
    return result;
  }
};

template <class L, class N, class F, std::size_t Size>
struct Convert<L, std::array<N, Size>, std::array<F, Size>, IfDiffer<N, F>> {
  static std::array<F, Size> ToLibrary(const std::array<N, Size>& value, Lender lender) {
    std::array<F, Size> result{};
    for (std::size_t i = 0; i < Size; ++i) result[i] = unfork::ToLibrary<L, F>(value[i], lender);
    return result;
  }
  static std::array<N, Size> ToShim(const std::array<F, Size>& value, Lender lender) {
    std::array<N, Size> result{};
    for (std::size_t i = 0; i < Size; ++i) result[i] = unfork::ToShim<L, N>(value[i], lender);
    return result;
  }
};

// Maps, sets, pairs.
template <class L, class N1, class N2, class F1, class F2>
struct Convert<L, std::pair<N1, N2>, std::pair<F1, F2>, IfDiffer<std::pair<N1, N2>, std::pair<F1, F2>>> {
  template <class From>
  static std::pair<F1, F2> ToLibrary(From&& value, Lender lender) {
    return {unfork::ToLibrary<L, F1>(Out<From>(value.first), lender), unfork::ToLibrary<L, F2>(Out<From>(value.second), lender)};
  }
  template <class From>
  static std::pair<N1, N2> ToShim(From&& value, Lender lender) {
    return {unfork::ToShim<L, N1>(Out<From>(value.first), lender), unfork::ToShim<L, N2>(Out<From>(value.second), lender)};
  }
};

template <class N, class F>
struct IsAssociativePair : std::false_type {};
template <class... N, class... F>
struct IsAssociativePair<std::map<N...>, std::map<F...>> : std::true_type {};
template <class... N, class... F>
struct IsAssociativePair<std::multimap<N...>, std::multimap<F...>> : std::true_type {};
template <class... N, class... F>
struct IsAssociativePair<std::unordered_map<N...>, std::unordered_map<F...>> : std::true_type {};
template <class... N, class... F>
struct IsAssociativePair<std::set<N...>, std::set<F...>> : std::true_type {};
template <class... N, class... F>
struct IsAssociativePair<std::unordered_set<N...>, std::unordered_set<F...>> : std::true_type {};

template <class T>
struct MutableElement {
  using type = T;
};
template <class K, class V>
struct MutableElement<std::pair<const K, V>> {
  using type = std::pair<K, V>;
};

template <class L, class N, class F>
struct Convert<L, N, F, std::enable_if_t<IsAssociativePair<N, F>::value && !std::is_same<N, F>::value>> {
  using NElement = typename MutableElement<typename N::value_type>::type;
  using FElement = typename MutableElement<typename F::value_type>::type;
  static F ToLibrary(const N& value, Lender lender) {
    F result;
    for (const auto& element : value) result.insert(result.end(), unfork::ToLibrary<L, FElement>(NElement(element), lender));
    return result;
  }
  static N ToShim(const F& value, Lender lender) {
    N result;
    for (const auto& element : value) result.insert(result.end(), unfork::ToShim<L, NElement>(FElement(element), lender));
    return result;
  }
};

// An optional value, whatever the flavor's class for it is called.
template <class L, class N, class F>
struct Convert<L, std::optional<N>, F,
               std::enable_if_t<!std::is_same<std::optional<N>, F>::value &&
                                std::is_same<decltype(std::declval<const F&>().has_value()), bool>::value>> {
  using FValue = Bare<decltype(*std::declval<F&>())>;
  template <class From>
  static F ToLibrary(From&& value, Lender lender) {
    if (!value.has_value()) return F();
    return F(unfork::ToLibrary<L, FValue>(Out<From>(*value), lender));
  }
  template <class From>
  static std::optional<N> ToShim(From&& value, Lender lender) {
    if (!value.has_value()) return std::nullopt;
    return std::optional<N>(unfork::ToShim<L, N>(Out<From>(*value), lender));
  }
};

// A value that one release wraps in an optional and the other has plain.
template <class L, class N, class F>
struct Convert<L, std::optional<N>, F,
               std::enable_if_t<std::is_arithmetic<F>::value || std::is_enum<F>::value || std::is_same<F, std::string>::value>> {
  static F ToLibrary(const std::optional<N>& value, Lender lender) {
    if (!value.has_value()) NoValue(L::kLibrary, L::kFlavor);
    return unfork::ToLibrary<L, F>(*value, lender);
  }
  static std::optional<N> ToShim(const F& value, Lender lender) { return unfork::ToShim<L, N>(value, lender); }
};

// A view of characters, whatever the flavor's class for it is called, and strings where one release takes the other.
template <class F>
using IfCharacters = std::enable_if_t<!std::is_same<F, std::string_view>::value &&
                                      std::is_same<Bare<decltype(*std::declval<const F&>().data())>, char>::value &&
                                      std::is_convertible<decltype(std::declval<const F&>().size()), std::size_t>::value>;
template <class L, class F>
struct Convert<L, std::string_view, F, IfCharacters<F>> {
  static F ToLibrary(std::string_view value, Lender) { return F(value.data(), value.size()); }
  static std::string_view ToShim(const F& value, Lender) { return std::string_view(value.data(), value.size()); }
};
template <class L, class F>
struct Convert<L, std::string, F, std::enable_if_t<!std::is_same<F, std::string>::value, IfCharacters<F>>> {
  static F ToLibrary(const std::string& value, Lender) { return F(value.data(), value.size()); }
  static std::string ToShim(const F& value, Lender) { return std::string(value.data(), value.size()); }
};
template <class L>
struct Convert<L, std::string, std::string_view, void> {
  static std::string_view ToLibrary(const std::string& value, Lender) { return value; }
  static std::string ToShim(std::string_view value, Lender) { return std::string(value); }
};

// A view of elements that are the same on both sides.
template <class L, class T, std::size_t kExtent, class F>
struct Convert<L, span<T, kExtent>, F,
               std::enable_if_t<!std::is_same<span<T, kExtent>, F>::value &&
                                std::is_same<decltype(std::declval<const F&>().data()), T*>::value>> {
  static F ToLibrary(span<T, kExtent> value, Lender) { return F(value.data(), value.size()); }
  static span<T, kExtent> ToShim(const F& value, Lender) { return span<T, kExtent>(value.data(), value.size()); }
};

// Members of structs, arrays element by element.
template <class L, class F, class N>
void ToField(F& to, N&& from, Lender lender) {
  if constexpr (std::is_array<F>::value) {
    for (std::size_t i = 0; i < std::extent<F>::value; ++i) ToField<L>(to[i], from[i], lender);
  } else {
    to = unfork::ToLibrary<L, F>(std::forward<N>(from), lender);
  }
}
template <class L, class N, class F>
void FromField(N& to, F&& from, Lender lender) {
  if constexpr (std::is_array<N>::value) {
    for (std::size_t i = 0; i < std::extent<N>::value; ++i) FromField<L>(to[i], from[i], lender);
  } else {
    to = unfork::ToShim<L, N>(std::forward<F>(from), lender);
  }
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_CONVERT_H_
