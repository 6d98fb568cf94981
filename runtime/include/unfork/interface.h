// Owns what a class of the shim carries that applications implement: the library's object behind it, be it that it stands for
// one of the library's own, or that the library holds an adapter of the application's.
#ifndef UNFORK_INTERFACE_H_
#define UNFORK_INTERFACE_H_

#include <mutex>

#include "unfork/pool.h"

namespace unfork {
inline namespace v1 {

// A library object by the flavor that it is of (the address of that flavor's tag); no object: the application's own.
struct Wrapped {
  const void* flavor = nullptr;
  void* library = nullptr;
};

// Tells one interface's question from another's in a class that has several.
template <class N>
struct Of {};

// Base of the shim's interface `N`.
template <class N>
class Implementable {
 public:
  Implementable() = default;
  // A copy is another object: it gets adapters of its own.
  Implementable(const Implementable&) {}
  Implementable& operator=(const Implementable&) { return *this; }

  // What stands behind this object; overridden by the shim's own classes only.
  virtual Wrapped unfork_wrapped(Of<N>) const { return {}; }

  // The adapter through which a library of that flavor calls this object. It lives as long as this object does.
  // `make` gives {adapter, function that deletes it} where there is none yet.
  template <class Make>
  void* unfork_adapter(const void* flavor, Make&& make) const {
    std::lock_guard<std::mutex> lock(Mutex());
    for (const Node* node = first_; node != nullptr; node = node->next)
      if (node->flavor == flavor) return node->adapter;
    Node* node = new Node{flavor, nullptr, nullptr, first_};
    make(node->adapter, node->drop);
    first_ = node;
    return node->adapter;
  }

 protected:
  ~Implementable() {
    while (first_ != nullptr) {
      Node* node = first_;
      first_ = node->next;
      if (node->drop != nullptr) node->drop(node->adapter);
      delete node;
    }
  }

 private:
  struct Node {
    const void* flavor;
    void* adapter;
    void (*drop)(void*);
    Node* next;
  };
  // One for all: adapters are made once per object and flavor.
  static std::mutex& Mutex() {
    static std::mutex* mutex = new std::mutex;
    return *mutex;
  }

  mutable Node* first_ = nullptr;
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_INTERFACE_H_
