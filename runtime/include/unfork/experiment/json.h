// Owns JSON as seeds have it: read so that no two readers can understand it differently; and texts written as JSON.
#ifndef UNFORK_EXPERIMENT_JSON_H_
#define UNFORK_EXPERIMENT_JSON_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {
namespace experiment {

struct Json {
  enum class Kind { kNull, kBool, kNumber, kText, kList, kObject };

  Kind kind = Kind::kNull;
  bool truth = false;
  /// Whole; one beyond 64 bits is the largest or the least that there is.
  std::int64_t number = 0;
  /// UTF-8.
  std::string text;
  /// Of an object, in the order of `items`.
  std::vector<std::string> keys;
  std::vector<Json> items;

  bool Is(Kind wanted) const noexcept { return kind == wanted; }
  /// Of an object; null where it has no such key.
  const Json* Find(std::string_view key) const noexcept;
};

/// JSON of UTF-8 without byte order mark, without an object that names a key twice, with whole numbers only (no fraction, no exponent),
/// whole characters in texts, 32 levels at most. False for anything else.
bool ParseStrictJson(std::string_view bytes, Json& value);

/// Characters of Unicode in a text of whole ones.
std::size_t CountCharacters(std::string_view text) noexcept;

/// Adds the text in quotes, escaped where it has to be. Bytes that are no UTF-8 become `?`.
void AppendJsonText(std::string& out, std::string_view text);

/// Adds a number that JSON can have; false, and nothing is added, for infinities and what is no number.
bool AppendJsonNumber(std::string& out, double value);

}  // namespace experiment
}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_EXPERIMENT_JSON_H_
