// Owns the handle of a library object that the application calls: whose it is, and by which flavor's functions it is called.
#ifndef UNFORK_HANDLE_H_
#define UNFORK_HANDLE_H_

#include <utility>

#include "unfork/operations.h"
#include "unfork/pool.h"

namespace unfork {
inline namespace v1 {

// Whether the shim's object ends the library's when it goes.
enum class Ownership { kOwned, kLent };

// Whether this program has one flavor: then tables of operations are functions (see operations.h).
#if defined(UNFORK_SHIM_ONLY)
constexpr bool kOneFlavor = true;
#else
constexpr bool kOneFlavor = false;
#endif

// A library object behind one class of the shim. `Ops` has `destroy(void*)`; it is complete where a handle is made or ends.
template <class Ops, bool kDirectCalls = kOneFlavor>
class Handle {
 public:
  using Ref = OpsRef<Ops, kDirectCalls>;
  Handle() = default;
  // One that the shim's object owns, as from a constructor.
  Handle(Ref ops, void* self, Ownership ownership) : ops_(ops), self_(self), owned_(ownership == Ownership::kOwned) {}
  // One that the shim's object owns, with what it keeps.
  Handle(Ref ops, void* self, PoolSlot slot) : ops_(ops), self_(self), owned_(true), slot_(std::move(slot)) {}
  // One that the owner of `pool` lends.
  Handle(Ref ops, void* self, Pool& pool) : ops_(ops), self_(self), slot_(pool) {}
  Handle(Handle&& other) noexcept
      : ops_(other.ops_),
        self_(std::exchange(other.self_, nullptr)),
        owned_(std::exchange(other.owned_, false)),
        slot_(std::move(other.slot_)) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      Reset();
      ops_ = other.ops_;
      self_ = std::exchange(other.self_, nullptr);
      owned_ = std::exchange(other.owned_, false);
      slot_ = std::move(other.slot_);
    }
    return *this;
  }
  ~Handle() { Reset(); }

  Ref ops() const { return ops_; }
  // The flavor's functions, to call one.
  Ref operator->() const { return ops_; }
  void* self() const { return self_; }
  bool owned() const { return owned_; }
  PoolSlot& slot() const { return slot_; }

  // Gives the library object away; the shim's object goes on calling it.
  void* Release() {
    owned_ = false;
    return self_;
  }

 private:
  void Reset() {
    if (owned_) ops_->destroy(self_);
    owned_ = false;
    self_ = nullptr;
    slot_.Drop();
  }

  Ref ops_{};
  void* self_ = nullptr;
  bool owned_ = false;
  mutable PoolSlot slot_;
};

// The one door to a shim class's handle and constructors; shim classes name it as their friend.
struct Access {
  template <class N>
  static auto& handle(N& object) {
    return object.unfork_handle_;
  }
  template <class N, class... Args>
  static N* Make(Args&&... args) {
    return new N(std::forward<Args>(args)...);
  }
  template <class N>
  static void Delete(N* object) {
    delete object;
  }
};

// Marks a struct of the shim whose fields are to be left unset: all of them follow.
struct Unset {};

// A new library object, made by `make` through that table. What it is given to keep goes with it.
template <class Ops, class Make>
Handle<Ops> Construct(OpsRef<Ops, kOneFlavor> ops, Make&& make) {
  PoolSlot slot;
  void* self = make(ops, slot);
  return Handle<Ops>(ops, self, std::move(slot));
}

// A copy of the library object, of the same flavor.
template <class Ops>
Handle<Ops> CopyOf(const Handle<Ops>& from) {
  return Handle<Ops>(from.ops(), from->copy(from.self()), Ownership::kOwned);
}

// Assigns one library object to the other; an object that was moved away becomes a copy. Whether there is a new library object then.
template <class Ops>
bool AssignFrom(Handle<Ops>& to, const Handle<Ops>& from) {
  if (&to == &from) return false;
  if (to.self() == nullptr || !(to.ops() == from.ops())) {
    to = CopyOf(from);
    return true;
  }
  to->assign(to.self(), from.self());
  return false;
}

// A constant whose value is not the same in both releases: that of the flavor in force.
template <class T>
struct FlavorConstant {
  int (*flavor)();
  T first;
  T second;
  operator T() const { return flavor() == 0 ? first : second; }
};

template <class N>
void Pool::Drop(void* wrapper) {
  Access::Delete(static_cast<N*>(wrapper));
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_HANDLE_H_
