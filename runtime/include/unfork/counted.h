// Owns counted references that cross: a flavor's own pointer class on one side, the shim's on the other.
#ifndef UNFORK_COUNTED_H_
#define UNFORK_COUNTED_H_

#include <type_traits>
#include <utility>

#include "unfork/objects.h"
#include "unfork/ref_counted.h"

namespace unfork {
inline namespace v1 {

// `F` is the flavor's pointer class: it has `get()`, and takes a pointer.
template <class L, class N, class F>
struct Convert<L, scoped_refptr<N>, F, std::enable_if_t<kIsWrapped<N> && !std::is_same<scoped_refptr<N>, F>::value>> {
  using Class = std::remove_cv_t<N>;
  using Library = typename Bound<L, Class>::Library;
  static F ToLibrary(const scoped_refptr<N>& object, Lender) {
    // An adapter counts by the application's object: a reference to the one keeps the other.
    return object == nullptr ? F() : F(Unwrap<L, Class>(*object));
  }
  static scoped_refptr<N> ToShim(const F& library, Lender) {
    Library* object = const_cast<Library*>(static_cast<const Library*>(library.get()));
    if (object == nullptr) return nullptr;
    if constexpr (kIsInterface<N>) {
      if (Class* own = Adapters<L, Class>::Find(object)) return scoped_refptr<N>(own);
    }
    object->AddRef();
    return scoped_refptr<N>(Adopt<L, Class>(object));
  }
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_COUNTED_H_
