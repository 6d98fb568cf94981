// Owns counted references that cross: a flavor's own pointer class on one side, the shim's on the other.
#ifndef UNFORK_COUNTED_H_
#define UNFORK_COUNTED_H_

#include <atomic>
#include <type_traits>
#include <utility>

#include "unfork/objects.h"
#include "unfork/ref_counted.h"

namespace unfork {
inline namespace v1 {

// The count of an adapter that a library holds by its own references.
class AdapterCount {
 public:
  void Add() const { references_.fetch_add(1, std::memory_order_relaxed); }
  // Whether that was the last one.
  bool Drop() const { return references_.fetch_sub(1, std::memory_order_acq_rel) == 1; }
  bool IsOne() const { return references_.load(std::memory_order_acquire) == 1; }

 private:
  mutable std::atomic<int> references_{0};
};

// `F` is the flavor's pointer class: it has `get()`, and takes a pointer.
template <class L, class N, class F>
struct Convert<L, scoped_refptr<N>, F, std::enable_if_t<kIsWrapped<N> && !std::is_same<scoped_refptr<N>, F>::value>> {
  using Class = std::remove_cv_t<N>;
  using Library = typename Bound<L, Class>::Library;
  static F ToLibrary(const scoped_refptr<N>& object, Lender) {
    if (object == nullptr) return F();
    if constexpr (kIsInterface<N>) {
      const Wrapped wrapped = static_cast<const Implementable<Class>&>(*object).unfork_wrapped(Of<Class>{});
      if (wrapped.library == nullptr) return F(new typename Bound<L, Class>::Adapter(scoped_refptr<Class>(const_cast<Class*>(object.get()))));
    }
    return F(Unwrap<L, Class>(*object));
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
