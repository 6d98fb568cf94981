// Owns views of elements that lie beside each other, for programs in C++17: what `std::span` is, with `subview` besides.
#ifndef UNFORK_SPAN_H_
#define UNFORK_SPAN_H_

#include <array>
#include <cassert>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

#include "unfork/compiler.h"

#if defined(__has_include)
#if __has_include(<version>)
#include <version>
#endif
#endif
#if defined(__cpp_lib_ranges)
#include <ranges>
#endif

namespace unfork {
inline namespace v1 {

/// The extent of a span whose size is known when the program runs.
inline constexpr std::size_t dynamic_extent = static_cast<std::size_t>(-1);

template <class T, std::size_t kExtent>
class span;

namespace detail {

template <class Type>
struct IsSpanOrArray : std::false_type {};
template <class T, std::size_t kExtent>
struct IsSpanOrArray<span<T, kExtent>> : std::true_type {};
template <class T, std::size_t kSize>
struct IsSpanOrArray<std::array<T, kSize>> : std::true_type {};

/// A `From` may be looked at as a `T`: the same type, with `const` added at most.
template <class From, class T>
inline constexpr bool kIsViewable = std::is_convertible_v<From (*)[], T (*)[]>;

template <class Container, class T, class = void>
struct IsContainerOf : std::false_type {};
template <class Container, class T>
struct IsContainerOf<Container,
                     T,
                     std::void_t<decltype(std::declval<Container&>().data()), decltype(std::declval<Container&>().size())>>
    : std::bool_constant<!IsSpanOrArray<std::remove_cv_t<Container>>::value && !std::is_array_v<Container> &&
                         kIsViewable<std::remove_pointer_t<decltype(std::declval<Container&>().data())>, T>> {};

/// Pointer and size; of a fixed extent only the pointer is kept.
template <class T, std::size_t kExtent>
class SpanStorage {
 public:
  constexpr SpanStorage() noexcept = default;
  constexpr SpanStorage(T* data, std::size_t size) noexcept : data_(data) {
    assert(size == kExtent);
    static_cast<void>(size);
  }
  constexpr T* data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return kExtent; }

 private:
  T* data_ = nullptr;
};

template <class T>
class SpanStorage<T, dynamic_extent> {
 public:
  constexpr SpanStorage() noexcept = default;
  constexpr SpanStorage(T* data, std::size_t size) noexcept : data_(data), size_(size) {}
  constexpr T* data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace detail

/// Lives no longer than what it looks at. Positions are checked where `assert` is.
template <class T, std::size_t kExtent = dynamic_extent>
class span {
 public:
  using element_type = T;
  using value_type = std::remove_cv_t<T>;
  using size_type = std::size_t;
  using difference_type = std::ptrdiff_t;
  using pointer = T*;
  using const_pointer = const T*;
  using reference = T&;
  using const_reference = const T&;
  using iterator = T*;
  using const_iterator = const T*;
  using reverse_iterator = std::reverse_iterator<iterator>;
  using const_reverse_iterator = std::reverse_iterator<const_iterator>;
  static constexpr std::size_t extent = kExtent;

  template <std::size_t kSize = kExtent, class = std::enable_if_t<kSize == 0 || kSize == dynamic_extent>>
  constexpr span() noexcept {}
  template <std::size_t kSize = kExtent, class = std::enable_if_t<kSize == 0 || kSize == dynamic_extent>>
  constexpr span(std::nullptr_t) noexcept {}

  /// Of a fixed extent the size must be that extent.
  constexpr span(T* data, std::size_t size) noexcept : storage_(data, size) {}
  constexpr span(T* first, T* last) noexcept : storage_(first, static_cast<std::size_t>(last - first)) {}

  template <std::size_t kSize, class = std::enable_if_t<kExtent == dynamic_extent || kSize == kExtent>>
  constexpr span(T (&array)[kSize]) noexcept : storage_(array, kSize) {}
  template <class U, std::size_t kSize, class = std::enable_if_t<(kExtent == dynamic_extent || kSize == kExtent) && detail::kIsViewable<U, T>>>
  constexpr span(std::array<U, kSize>& array) noexcept : storage_(array.data(), kSize) {}
  template <class U, std::size_t kSize, class = std::enable_if_t<(kExtent == dynamic_extent || kSize == kExtent) && detail::kIsViewable<const U, T>>>
  constexpr span(const std::array<U, kSize>& array) noexcept : storage_(array.data(), kSize) {}

  /// Whatever has `data` and `size`: a vector, a string, a `std::span`. A temporary only as `const`, for the length of a call.
  template <class Container, class = std::enable_if_t<detail::IsContainerOf<Container, T>::value>>
  constexpr span(Container& container) : storage_(container.data(), static_cast<std::size_t>(container.size())) {}
  template <class Container, class = std::enable_if_t<detail::IsContainerOf<const Container, T>::value>>
  constexpr span(const Container& container) : storage_(container.data(), static_cast<std::size_t>(container.size())) {}

  template <class U,
            std::size_t kOther,
            class = std::enable_if_t<(kExtent == dynamic_extent || kOther == dynamic_extent || kOther == kExtent) && detail::kIsViewable<U, T>>>
  constexpr span(const span<U, kOther>& other) noexcept : storage_(other.data(), other.size()) {}

  constexpr T* data() const noexcept { return storage_.data(); }
  constexpr std::size_t size() const noexcept { return storage_.size(); }
  constexpr std::size_t size_bytes() const noexcept { return size() * sizeof(T); }
  [[nodiscard]] constexpr bool empty() const noexcept { return size() == 0; }

  constexpr T& operator[](std::size_t index) const noexcept {
    assert(index < size());
    return data()[index];
  }
  constexpr T& front() const noexcept { return (*this)[0]; }
  constexpr T& back() const noexcept { return (*this)[size() - 1]; }

  constexpr iterator begin() const noexcept { return data(); }
  constexpr iterator end() const noexcept { return data() + size(); }
  constexpr const_iterator cbegin() const noexcept { return begin(); }
  constexpr const_iterator cend() const noexcept { return end(); }
  constexpr reverse_iterator rbegin() const noexcept { return reverse_iterator(end()); }
  constexpr reverse_iterator rend() const noexcept { return reverse_iterator(begin()); }
  constexpr const_reverse_iterator crbegin() const noexcept { return const_reverse_iterator(cend()); }
  constexpr const_reverse_iterator crend() const noexcept { return const_reverse_iterator(cbegin()); }

  constexpr span<T> first(std::size_t count) const noexcept { return subspan(0, count); }
  constexpr span<T> last(std::size_t count) const noexcept {
    assert(count <= size());
    return span<T>(data() + (size() - count), count);
  }

  /// The range must lie within the span.
  constexpr span<T> subspan(std::size_t offset, std::size_t count = dynamic_extent) const noexcept {
    assert(offset <= size() && (count == dynamic_extent || count <= size() - offset));
    return span<T>(data() + offset, count == dynamic_extent ? size() - offset : count);
  }

  /// As much of the range as lies within the view.
  constexpr span<T> subview(std::size_t offset, std::size_t count = dynamic_extent) const noexcept {
    if (offset >= size()) return span<T>();
    const std::size_t left = size() - offset;
    return span<T>(data() + offset, count < left ? count : left);
  }

 private:
  detail::SpanStorage<T, kExtent> storage_;
};

/// Whether both look at the same place; elements are not compared.
template <class T, std::size_t kLeft, class U, std::size_t kRight>
constexpr bool operator==(const span<T, kLeft>& left, const span<U, kRight>& right) noexcept {
  return left.data() == right.data() && left.size() == right.size();
}
template <class T, std::size_t kLeft, class U, std::size_t kRight>
constexpr bool operator!=(const span<T, kLeft>& left, const span<U, kRight>& right) noexcept {
  return !(left == right);
}

template <class T, std::size_t kSize>
span(T (&)[kSize]) -> span<T, kSize>;
template <class T, std::size_t kSize>
span(std::array<T, kSize>&) -> span<T, kSize>;
template <class T, std::size_t kSize>
span(const std::array<T, kSize>&) -> span<const T, kSize>;
template <class T>
span(T*, std::size_t) -> span<T>;
template <class Container>
span(Container&) -> span<std::remove_pointer_t<decltype(std::declval<Container&>().data())>>;
template <class Container>
span(const Container&) -> span<std::remove_pointer_t<decltype(std::declval<const Container&>().data())>>;

}  // namespace v1
}  // namespace unfork

#if defined(__cpp_lib_ranges)
template <class T, std::size_t kExtent>
inline constexpr bool std::ranges::enable_borrowed_range<unfork::span<T, kExtent>> = true;
template <class T, std::size_t kExtent>
inline constexpr bool std::ranges::enable_view<unfork::span<T, kExtent>> = kExtent == 0 || kExtent == unfork::dynamic_extent;
#endif

#endif  // UNFORK_SPAN_H_
