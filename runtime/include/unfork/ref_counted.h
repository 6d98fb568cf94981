// Owns counted references: a base that counts, and a pointer that holds one reference.
#ifndef UNFORK_REF_COUNTED_H_
#define UNFORK_REF_COUNTED_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {

enum class RefCountReleaseStatus { kDroppedLastRef, kOtherRefsRemained };

/// `class Frame : public RefCounted<Frame>`: the last `Release` deletes the `Frame`. No virtual function is needed for it; a
/// `Derived` that is an interface has a virtual destructor of its own. A destructor that is not public befriends this class.
template <class Derived>
class RefCounted {
 public:
  RefCounted(const RefCounted&) = delete;
  RefCounted& operator=(const RefCounted&) = delete;

  void AddRef() const noexcept { references_.fetch_add(1, std::memory_order_relaxed); }

  RefCountReleaseStatus Release() const noexcept {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) > 1) return RefCountReleaseStatus::kOtherRefsRemained;
    delete static_cast<const Derived*>(this);
    return RefCountReleaseStatus::kDroppedLastRef;
  }

  /// Whether the caller's reference is the only one, so that nobody else can reach the object.
  bool HasOneRef() const noexcept { return references_.load(std::memory_order_acquire) == 1; }

 protected:
  RefCounted() noexcept = default;
  ~RefCounted() = default;

 private:
  mutable std::atomic<int> references_{0};
};

/// Holds one reference to a `T`, of any class that has `AddRef` and `Release`.
template <class T>
class scoped_refptr {
 public:
  using element_type = T;

  constexpr scoped_refptr() noexcept = default;
  constexpr scoped_refptr(std::nullptr_t) noexcept {}
  scoped_refptr(T* object) : object_(object) { Hold(); }
  scoped_refptr(const scoped_refptr& other) : object_(other.object_) { Hold(); }
  scoped_refptr(scoped_refptr&& other) noexcept : object_(other.release()) {}

  template <class U, class = std::enable_if_t<std::is_convertible_v<U*, T*>>>
  scoped_refptr(const scoped_refptr<U>& other) : object_(other.get()) {
    Hold();
  }
  template <class U, class = std::enable_if_t<std::is_convertible_v<U*, T*>>>
  scoped_refptr(scoped_refptr<U>&& other) noexcept : object_(other.release()) {}

  ~scoped_refptr() {
    if (object_ != nullptr) object_->Release();
  }

  /// By value: what was held is released when all is in place again.
  scoped_refptr& operator=(scoped_refptr other) noexcept {
    swap(other);
    return *this;
  }

  T* get() const noexcept { return object_; }
  T& operator*() const noexcept { return *object_; }
  T* operator->() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

  /// Gives the reference to the caller, who has to call `Release` for it.
  [[nodiscard]] T* release() noexcept { return std::exchange(object_, nullptr); }

  void swap(scoped_refptr& other) noexcept { std::swap(object_, other.object_); }
  friend void swap(scoped_refptr& left, scoped_refptr& right) noexcept { left.swap(right); }

 private:
  void Hold() const {
    if (object_ != nullptr) object_->AddRef();
  }

  T* object_ = nullptr;
};

template <class T, class U>
bool operator==(const scoped_refptr<T>& left, const scoped_refptr<U>& right) noexcept {
  return left.get() == right.get();
}
template <class T, class U>
bool operator!=(const scoped_refptr<T>& left, const scoped_refptr<U>& right) noexcept {
  return left.get() != right.get();
}
template <class T, class U>
bool operator==(const scoped_refptr<T>& left, const U* right) noexcept {
  return left.get() == right;
}
template <class T, class U>
bool operator!=(const scoped_refptr<T>& left, const U* right) noexcept {
  return left.get() != right;
}
template <class T>
bool operator==(const scoped_refptr<T>& left, std::nullptr_t) noexcept {
  return left.get() == nullptr;
}
template <class T>
bool operator!=(const scoped_refptr<T>& left, std::nullptr_t) noexcept {
  return left.get() != nullptr;
}
#if !defined(__cpp_impl_three_way_comparison)
template <class T, class U>
bool operator==(const U* left, const scoped_refptr<T>& right) noexcept {
  return left == right.get();
}
template <class T, class U>
bool operator!=(const U* left, const scoped_refptr<T>& right) noexcept {
  return left != right.get();
}
template <class T>
bool operator==(std::nullptr_t, const scoped_refptr<T>& right) noexcept {
  return right.get() == nullptr;
}
template <class T>
bool operator!=(std::nullptr_t, const scoped_refptr<T>& right) noexcept {
  return right.get() != nullptr;
}
#endif
template <class T, class U>
bool operator<(const scoped_refptr<T>& left, const scoped_refptr<U>& right) noexcept {
  return std::less<std::common_type_t<T*, U*>>()(left.get(), right.get());
}

/// A new object, held by its first reference.
template <class T, class... Arguments>
scoped_refptr<T> make_ref_counted(Arguments&&... arguments) {
  return scoped_refptr<T>(new T(std::forward<Arguments>(arguments)...));
}

}  // namespace v1
}  // namespace unfork

template <class T>
struct std::hash<unfork::scoped_refptr<T>> {
  std::size_t operator()(const unfork::scoped_refptr<T>& pointer) const noexcept { return std::hash<T*>()(pointer.get()); }
};

#endif  // UNFORK_REF_COUNTED_H_
