// Owns the way from a shim object to the library object behind it and back, for objects and interfaces.
//
// A generated adapter unit binds each class: `Bound<L, N>` names the library's class as `Library`. Of an object class it gives
// `Ops` and `ops()`; of an interface `OverLibrary` (the shim's class over a library object) and `Adapter` (the library's
// class over an application's object).
#ifndef UNFORK_OBJECTS_H_
#define UNFORK_OBJECTS_H_

#include <memory>
#include <mutex>
#include <type_traits>
#include <unordered_map>
#include <utility>

#include "unfork/convert.h"
#include "unfork/handle.h"
#include "unfork/interface.h"
#include "unfork/kinds.h"

namespace unfork {
inline namespace v1 {

// Specialised by adapter units.
template <class L, class N>
struct Bound;

template <class L>
constexpr const void* FlavorTag() {
  return &TypeTag<L>::value;
}

// Which application object an adapter stands for, by the address at which the library knows it.
template <class L, class N>
class Adapters {
 public:
  using Library = typename Bound<L, N>::Library;
  static void Add(const Library* adapter, N* object) {
    std::lock_guard<std::mutex> lock(mutex());
    objects()[adapter] = object;
  }
  static void Remove(const Library* adapter) {
    std::lock_guard<std::mutex> lock(mutex());
    objects().erase(adapter);
  }
  static N* Find(const Library* adapter) {
    std::lock_guard<std::mutex> lock(mutex());
    auto found = objects().find(adapter);
    return found == objects().end() ? nullptr : found->second;
  }

 private:
  static std::mutex& mutex() {
    static std::mutex* mutex = new std::mutex;
    return *mutex;
  }
  static std::unordered_map<const Library*, N*>& objects() {
    static auto* objects = new std::unordered_map<const Library*, N*>;
    return *objects;
  }
};

// The library object behind a shim object. Ends the process when it is another flavor's.
template <class L, class N>
typename Bound<L, N>::Library* Unwrap(const N& object) {
  using Library = typename Bound<L, N>::Library;
  N& mutable_object = const_cast<N&>(object);
  if constexpr (kIsObject<N>) {
    auto& handle = Access::handle<N>(mutable_object);
    if (!(handle.ops() == Bound<L, N>::ops())) WrongFlavor(L::kLibrary, Bound<L, N>::kName, L::kFlavor, handle->flavor(nullptr));
    return static_cast<Library*>(handle.self());
  } else {
    static_assert(kIsInterface<N>, "not a class of the shim that stands for a library's");
    const Wrapped wrapped = static_cast<const Implementable<N>&>(object).unfork_wrapped(Of<N>{});
    if (wrapped.library != nullptr) {
      if (wrapped.flavor != FlavorTag<L>()) WrongFlavor(L::kLibrary, Bound<L, N>::kName, L::kFlavor, "another");
      return static_cast<Library*>(wrapped.library);
    }
    using Adapter = typename Bound<L, N>::Adapter;
    void* adapter = static_cast<const Implementable<N>&>(object).unfork_adapter(FlavorTag<L>(), [&](void*& made, void (*&drop)(void*)) {
      made = static_cast<Library*>(new Adapter(mutable_object));
      drop = [](void* library) { delete static_cast<Adapter*>(static_cast<Library*>(library)); };
    });
    return static_cast<Library*>(adapter);
  }
}

// The shim object of a library object that its owner keeps.
template <class L, class N>
N* Lend(const typename Bound<L, N>::Library* library, Lender lender) {
  using Library = typename Bound<L, N>::Library;
  if (library == nullptr) return nullptr;
  Library* object = const_cast<Library*>(library);
  if constexpr (kIsInterface<N>) {
    if (N* own = Adapters<L, N>::Find(object)) return own;
    Pool& pool = lender.pool();
    return pool.Lend<N>(object, [&]() -> N* { return new typename Bound<L, N>::OverLibrary(object, Ownership::kLent, &pool); });
  } else {
    Pool& pool = lender.pool();
    return pool.Lend<N>(object, [&] { return Access::Make<N>(Handle<typename Bound<L, N>::Ops>(Bound<L, N>::ops(), object, pool)); });
  }
}

// The shim object of a library object that it owns from now on.
template <class L, class N>
N* Adopt(typename Bound<L, N>::Library* library) {
  if (library == nullptr) return nullptr;
  if constexpr (kIsInterface<N>) {
    return new typename Bound<L, N>::OverLibrary(library, Ownership::kOwned, nullptr);
  } else {
    return Access::Make<N>(Handle<typename Bound<L, N>::Ops>(Bound<L, N>::ops(), library, Ownership::kOwned));
  }
}

// Pointers.
template <class L, class N, class F>
struct Convert<L, N*, F*, std::enable_if_t<kIsWrapped<N> && !std::is_same<N, F>::value>> {
  using Class = std::remove_cv_t<N>;
  static F* ToLibrary(N* object, Lender) { return object == nullptr ? nullptr : Unwrap<L, Class>(*object); }
  static N* ToShim(F* library, Lender lender) { return Lend<L, Class>(library, lender); }
};

// Objects by value: copied or moved into a new library object.
template <class L, class N, class F>
struct Convert<L, N, F, std::enable_if_t<kIsObject<N> && !std::is_same<N, F>::value>> {
  template <class From>
  static F ToLibrary(From&& object, Lender) {
    if constexpr (std::is_lvalue_reference<From>::value || std::is_const<std::remove_reference_t<From>>::value)
      return F(*Unwrap<L, N>(object));
    else
      return F(std::move(*Unwrap<L, N>(object)));
  }
  template <class From>
  static N ToShim(From&& library, Lender) {
    return N(Handle<typename Bound<L, N>::Ops>(Bound<L, N>::ops(), new F(std::forward<From>(library)), Ownership::kOwned));
  }
};

// std::unique_ptr hands the library object over.
template <class L, class N, class F>
struct Convert<L, std::unique_ptr<N>, std::unique_ptr<F>, std::enable_if_t<kIsWrapped<N>>> {
  using Class = std::remove_cv_t<N>;
  static std::unique_ptr<F> ToLibrary(std::unique_ptr<N> object, Lender lender) {
    if (object == nullptr) return nullptr;
    if constexpr (kIsInterface<N>) {
      const Wrapped wrapped = static_cast<const Implementable<Class>&>(*object).unfork_wrapped(Of<Class>{});
      if (wrapped.library == nullptr) {
        std::unique_ptr<Class> own(const_cast<Class*>(object.release()));
        return std::unique_ptr<F>(new typename Bound<L, Class>::Adapter(std::move(own)));
      }
      F* library = Unwrap<L, Class>(*object);
      auto* over = static_cast<typename Bound<L, Class>::OverLibrary*>(const_cast<Class*>(object.release()));
      over->unfork_release();
      lender.pool().template Keep<Class>(library, over);
      return std::unique_ptr<F>(library);
    } else {
      F* library = Unwrap<L, Class>(*object);
      Class* wrapper = const_cast<Class*>(object.release());
      auto& handle = Access::handle<Class>(*wrapper);
      if (!handle.owned())
        Fail(L::kLibrary, "a std::unique_ptr to an object of class ", Bound<L, Class>::kName, " that somebody else owns was handed over");
      handle.Release();
      lender.pool().template Keep<Class>(library, wrapper);
      return std::unique_ptr<F>(library);
    }
  }
  static std::unique_ptr<N> ToShim(std::unique_ptr<F> library, Lender) {
    using Library = typename Bound<L, Class>::Library;
    return std::unique_ptr<N>(Adopt<L, Class>(const_cast<Library*>(library.release())));
  }
};

// std::shared_ptr: either side keeps the other alive.
template <class L, class N, class F>
struct Convert<L, std::shared_ptr<N>, std::shared_ptr<F>, std::enable_if_t<kIsWrapped<N>>> {
  using Class = std::remove_cv_t<N>;
  static std::shared_ptr<F> ToLibrary(std::shared_ptr<N> object, Lender) {
    if (object == nullptr) return nullptr;
    F* library = Unwrap<L, Class>(*object);
    return std::shared_ptr<F>(library, [keep = std::move(object)](F*) {});
  }
  static std::shared_ptr<N> ToShim(std::shared_ptr<F> library, Lender) {
    if (library == nullptr) return nullptr;
    using Library = typename Bound<L, Class>::Library;
    Library* object = const_cast<Library*>(library.get());
    Class* wrapper = nullptr;
    if constexpr (kIsInterface<N>) {
      if (Class* own = Adapters<L, Class>::Find(object)) return std::shared_ptr<N>(own, [keep = std::move(library)](N*) {});
      wrapper = new typename Bound<L, Class>::OverLibrary(object, Ownership::kLent, nullptr);
    } else {
      wrapper = Access::Make<Class>(Handle<typename Bound<L, Class>::Ops>(Bound<L, Class>::ops(), object, Ownership::kLent));
    }
    return std::shared_ptr<N>(wrapper, [keep = std::move(library)](N* last) { Access::Delete(const_cast<Class*>(last)); });
  }
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_OBJECTS_H_
