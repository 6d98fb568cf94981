// Owns texts of a fixed length that are put together without taking memory: messages of a process that is about to end.
#ifndef UNFORK_TEXT_H_
#define UNFORK_TEXT_H_

#include <cstddef>

#include "unfork/place.h"

namespace unfork {
inline namespace v1 {

/// Up to `kSize - 1` characters; what is added beyond them is left out.
template <std::size_t kSize>
class Text {
 public:
  constexpr Text() noexcept = default;

  constexpr Text& Add(char letter) noexcept {
    if (length_ + 1 < kSize) letters_[length_++] = letter;
    return *this;
  }

  constexpr Text& Add(const char* text) noexcept {
    for (; text != nullptr && *text != '\0'; ++text) Add(*text);
    return *this;
  }

  constexpr Text& Add(int number) noexcept {
    if (number < 0) Add('-');
    AddDigits(number < 0 ? 0U - static_cast<unsigned>(number) : static_cast<unsigned>(number));
    return *this;
  }

  /// `main.cc:12 (main)`.
  constexpr Text& Add(const Place& place) noexcept {
    if (place.file == nullptr) return Add("an unknown place");
    Add(place.file).Add(':').Add(place.line);
    if (place.function != nullptr && *place.function != '\0') Add(" (").Add(place.function).Add(')');
    return *this;
  }

  constexpr void Clear() noexcept {
    for (std::size_t at = 0; at < length_; ++at) letters_[at] = '\0';
    length_ = 0;
  }

  constexpr const char* c_str() const noexcept { return letters_; }
  constexpr std::size_t size() const noexcept { return length_; }

 private:
  constexpr void AddDigits(unsigned number) noexcept {
    if (number >= 10) AddDigits(number / 10);
    Add(static_cast<char>('0' + static_cast<char>(number % 10)));
  }

  char letters_[kSize] = {};
  std::size_t length_ = 0;
};

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_TEXT_H_
