// Owns what a library object lends: the shim's wrappers of objects that somebody else owns.
//
// A library that gives out a raw pointer or a reference keeps the object. The shim's wrapper of it has to live as long as
// a caller may use that pointer: as long as the owner. So the owner's handle has a pool, and one wrapper per library object
// and class is made in it. The same library object gives the same wrapper, so pointers compare as they do in the library.
#ifndef UNFORK_POOL_H_
#define UNFORK_POOL_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace unfork {
inline namespace v1 {

// An address per type.
template <class T>
struct TypeTag {
  static constexpr char value = 0;
};

// Wrappers by (class, library object). Safe to use from several threads.
class Pool {
 public:
  Pool() = default;
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  ~Pool() {
    for (auto& entry : entries_) entry.second.drop(entry.second.wrapper);
  }

  // The wrapper of `library`; `make` gives one as a raw pointer where there is none yet.
  template <class N, class Make>
  N* Lend(const void* library, Make&& make) {
    const Key key{&TypeTag<N>::value, library};
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = entries_.find(key);
    if (found != entries_.end()) return static_cast<N*>(found->second.wrapper);
    N* wrapper = make();
    entries_.emplace(key, Entry{wrapper, &Drop<N>});
    return wrapper;
  }

  // Takes a wrapper whose library object has been handed to the library, so that pointers to the wrapper stay good.
  template <class N>
  void Keep(const void* library, N* wrapper) {
    const Key key{&TypeTag<N>::value, library};
    std::lock_guard<std::mutex> lock(mutex_);
    auto found = entries_.find(key);
    if (found == entries_.end()) {
      entries_.emplace(key, Entry{wrapper, &Drop<N>});
    } else if (found->second.wrapper != wrapper) {
      // The address was another object's before; wrappers of it may still be held.
      entries_.emplace(Key{wrapper, library}, Entry{found->second});
      found->second = Entry{wrapper, &Drop<N>};
    }
  }

  // Of what free functions and static methods lend: it lives as long as the process.
  static Pool& Global() {
    static Pool* pool = new Pool;
    return *pool;
  }

 private:
  struct Key {
    const void* type;
    const void* library;
    bool operator==(const Key& other) const { return type == other.type && library == other.library; }
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      const std::hash<const void*> hash;
      return hash(key.type) * 31 + hash(key.library);
    }
  };
  struct Entry {
    void* wrapper;
    void (*drop)(void*);
  };
  template <class N>
  static void Drop(void* wrapper);

  std::mutex mutex_;
  std::unordered_map<Key, Entry, Hash> entries_;
};

// Where the pool of an owner is, or will be once it lends something.
class PoolSlot {
 public:
  constexpr PoolSlot() = default;
  // A lent object's: that of its owner.
  explicit PoolSlot(Pool& pool) : pool_(&pool) {}
  // Null: one of its own.
  explicit PoolSlot(Pool* pool) : pool_(pool) {}
  PoolSlot(const PoolSlot&) = delete;
  PoolSlot& operator=(const PoolSlot&) = delete;
  PoolSlot(PoolSlot&& other) noexcept
      : pool_(other.pool_.exchange(nullptr, std::memory_order_relaxed)), owns_(std::exchange(other.owns_, false)) {}
  PoolSlot& operator=(PoolSlot&& other) noexcept {
    if (this != &other) {
      Drop();
      pool_.store(other.pool_.exchange(nullptr, std::memory_order_relaxed), std::memory_order_relaxed);
      owns_ = std::exchange(other.owns_, false);
    }
    return *this;
  }
  ~PoolSlot() { Drop(); }

  Pool& Get() {
    Pool* pool = pool_.load(std::memory_order_acquire);
    if (pool != nullptr) return *pool;
    Pool* made = new Pool;
    if (pool_.compare_exchange_strong(pool, made, std::memory_order_acq_rel)) {
      owns_ = true;
      return *made;
    }
    delete made;
    return *pool;
  }

  // Empties it: the wrappers go. The library object must be gone before.
  void Drop() {
    if (owns_) delete pool_.load(std::memory_order_relaxed);
    pool_.store(nullptr, std::memory_order_relaxed);
    owns_ = false;
  }

 private:
  std::atomic<Pool*> pool_{nullptr};
  bool owns_ = false;
};

// Who lends in a call: the object that it is made on, or nobody (the process).
class Lender {
 public:
  Lender() = default;
  explicit Lender(PoolSlot& slot) : slot_(&slot) {}
  Pool& pool() const { return slot_ == nullptr ? Pool::Global() : slot_->Get(); }

 private:
  PoolSlot* slot_ = nullptr;
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_POOL_H_
