// Owns what a class of the shim is to the library's: an object that is called, or an interface that is implemented.
#ifndef UNFORK_KINDS_H_
#define UNFORK_KINDS_H_

#include <type_traits>

namespace unfork {
inline namespace v1 {

// What a class of the shim is; a generated header says it of each.
struct ObjectKind {};
struct InterfaceKind {};
struct PlainKind {};
template <class N, class = void>
struct KindOf {
  using type = PlainKind;
};
template <class N>
struct KindOf<N, std::void_t<typename N::unfork_kind>> {
  using type = typename N::unfork_kind;
};
template <class N>
constexpr bool kIsObject = std::is_same<typename KindOf<std::remove_cv_t<N>>::type, ObjectKind>::value;
template <class N>
constexpr bool kIsInterface = std::is_same<typename KindOf<std::remove_cv_t<N>>::type, InterfaceKind>::value;
template <class N>
constexpr bool kIsWrapped = kIsObject<N> || kIsInterface<N>;

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_KINDS_H_
