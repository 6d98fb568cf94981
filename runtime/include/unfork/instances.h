// What the instances of a library's templates are declared with: each stands for its own arguments, others do not compile.
#ifndef UNFORK_INSTANCES_H_
#define UNFORK_INSTANCES_H_

#include <type_traits>

namespace unfork {
inline namespace v1 {

// In the place of an argument that the library's template fills in by itself.
struct ByDefault;
enum class DefaultValue { kValue };
inline constexpr DefaultValue kByDefault = DefaultValue::kValue;

// False for any arguments.
template <class...>
inline constexpr bool kNoInstance = false;
template <auto...>
inline constexpr bool kNoInstanceOf = false;

template <bool kIs>
using Instance = std::enable_if_t<kIs, int>;
template <bool kIsNot>
using NotAmongTheInstancesOfTheSurface = std::enable_if_t<kIsNot, int>;

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_INSTANCES_H_
