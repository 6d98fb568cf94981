// Owns functions that cross: a std::function of the shim's types on one side, a flavor's class for them on the other.
#ifndef UNFORK_CALLABLES_H_
#define UNFORK_CALLABLES_H_

#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

#include "unfork/passed.h"

namespace unfork {
inline namespace v1 {

// The signature of a class that holds a function: `Holder<R(A...)>`, with `const`, `&&` or `noexcept` behind it or not.
template <class F>
struct SignatureOf {
  using type = void;
};
template <template <class...> class Holder, class R, class... A, class... Rest>
struct SignatureOf<Holder<R(A...), Rest...>> {
  using type = R(A...);
};
template <template <class...> class Holder, class R, class... A, class... Rest>
struct SignatureOf<Holder<R(A...) const, Rest...>> {
  using type = R(A...);
};
template <template <class...> class Holder, class R, class... A, class... Rest>
struct SignatureOf<Holder<R(A...)&&, Rest...>> {
  using type = R(A...);
};

// Calls a function of one side with the other side's arguments.
template <class D, class L, class To, class From>
struct Call;
template <class D, class L, class ToR, class... ToA, class FromR, class... FromA>
struct Call<D, L, ToR(ToA...), FromR(FromA...)> {
  template <class Function>
  static ToR Make(Function& function, Lender lender, ToA... arguments) {
    if constexpr (std::is_void<ToR>::value) {
      function(Passed<typename D::Back, L, ToA, FromA>(std::forward<ToA>(arguments), lender).get()...);
    } else {
      return Returned<D, L, FromR, ToR>(function(Passed<typename D::Back, L, ToA, FromA>(std::forward<ToA>(arguments), lender).get()...), lender);
    }
  }
};

template <class L, class NR, class... NA, class F>
struct Convert<L, std::function<NR(NA...)>, F,
               std::enable_if_t<!std::is_same<std::function<NR(NA...)>, F>::value && !std::is_void<typename SignatureOf<F>::type>::value>> {
  using N = std::function<NR(NA...)>;
  using Signature = typename SignatureOf<F>::type;
  template <class R, class... A>
  static F Outwards(N function, R (*)(A...)) {
    auto slot = std::make_shared<PoolSlot>();
    return F([function = std::move(function), slot](A... arguments) mutable -> R {
      return Call<Outward, L, R(A...), NR(NA...)>::Make(function, Lender(*slot), std::forward<A>(arguments)...);
    });
  }
  static F ToLibrary(N function, Lender) {
    if (function == nullptr) return F();
    return Outwards(std::move(function), static_cast<Signature*>(nullptr));
  }
  static N ToShim(F function, Lender) {
    if (!function) return nullptr;
    auto slot = std::make_shared<PoolSlot>();
    auto shared = std::make_shared<F>(std::move(function));
    return [shared, slot](NA... arguments) -> NR { return Call<Inward, L, NR(NA...), Signature>::Make(*shared, Lender(*slot), std::forward<NA>(arguments)...); };
  }
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_CALLABLES_H_
