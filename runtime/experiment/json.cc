// A strict reader of JSON (RFC 8259), and its writers.
#include "unfork/experiment/json.h"

#include <cmath>
#include <cstdio>
#include <limits>
#include <set>

namespace unfork {
inline namespace v1 {
namespace experiment {
namespace {

constexpr int kDeepest = 32;

/// Length of the UTF-8 character at `at`, or 0 where there is none (RFC 3629: no overlong forms, no surrogates, nothing beyond U+10FFFF).
std::size_t CharacterAt(std::string_view text, std::size_t at) noexcept {
  const auto byte = [&](std::size_t index) { return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U; };
  const unsigned first = byte(at);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (std::size_t index = 1; index < length; ++index) {
    if ((byte(at + index) & 0xc0) != 0x80) return 0;
  }
  const unsigned second = byte(at + 1);
  const bool wrong = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
                     (first == 0xf4 && second > 0x8f);
  return wrong ? 0 : length;
}

void AppendCharacter(std::string& out, unsigned code) {
  const auto add = [&](unsigned byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xc0 | (code >> 6));
    add(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    add(0xe0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3f));
    add(0x80 | (code & 0x3f));
  } else {
    add(0xf0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3f));
    add(0x80 | ((code >> 6) & 0x3f));
    add(0x80 | (code & 0x3f));
  }
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool Document(Json& value) {
    if (!Value(value, 0)) return false;
    SkipBlanks();
    return at_ == bytes_.size();
  }

 private:
  char Peek() const noexcept { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }

  bool Take(char letter) noexcept {
    if (at_ >= bytes_.size() || bytes_[at_] != letter) return false;
    ++at_;
    return true;
  }

  bool TakeWord(std::string_view word) noexcept {
    if (bytes_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  void SkipBlanks() noexcept {
    while (Peek() == ' ' || Peek() == '\t' || Peek() == '\n' || Peek() == '\r') ++at_;
  }

  bool Value(Json& value, int depth) {
    SkipBlanks();
    const char next = Peek();
    if (next == '{') return Object(value, depth + 1);
    if (next == '[') return List(value, depth + 1);
    if (next == '"') {
      value.kind = Json::Kind::kText;
      return Text(value.text);
    }
    if (next == '-' || (next >= '0' && next <= '9')) return Number(value);
    if (TakeWord("null")) return true;
    value.kind = Json::Kind::kBool;
    value.truth = next == 't';
    return TakeWord("true") || TakeWord("false");
  }

  bool List(Json& value, int depth) {
    value.kind = Json::Kind::kList;
    ++at_;
    if (depth > kDeepest) return false;
    SkipBlanks();
    if (Take(']')) return true;
    do {
      value.items.emplace_back();
      if (!Value(value.items.back(), depth)) return false;
      SkipBlanks();
    } while (Take(','));
    return Take(']');
  }

  bool Object(Json& value, int depth) {
    value.kind = Json::Kind::kObject;
    ++at_;
    if (depth > kDeepest) return false;
    SkipBlanks();
    if (Take('}')) return true;
    std::set<std::string> seen;
    do {
      SkipBlanks();
      std::string key;
      if (Peek() != '"' || !Text(key) || key == "__proto__" || !seen.insert(key).second) return false;
      SkipBlanks();
      if (!Take(':')) return false;
      value.keys.push_back(std::move(key));
      value.items.emplace_back();
      if (!Value(value.items.back(), depth)) return false;
      SkipBlanks();
    } while (Take(','));
    return Take('}');
  }

  bool Number(Json& value) {
    value.kind = Json::Kind::kNumber;
    const bool negative = Take('-');
    const std::size_t begin = at_;
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    std::int64_t number = 0;
    for (; Peek() >= '0' && Peek() <= '9'; ++at_) {
      const int digit = Peek() - '0';
      number = number > (kMost - digit) / 10 ? kMost : number * 10 + digit;
    }
    const bool starts_with_zero = begin < bytes_.size() && bytes_[begin] == '0';
    if (at_ == begin || (starts_with_zero && (at_ > begin + 1 || negative))) return false;
    value.number = negative ? -number : number;
    return Peek() != '.' && Peek() != 'e' && Peek() != 'E';
  }

  bool Text(std::string& text) {
    ++at_;
    while (at_ < bytes_.size()) {
      const char letter = bytes_[at_];
      if (letter == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(letter) < 0x20) return false;
      if (letter == '\\') {
        ++at_;
        if (!Escape(text)) return false;
        continue;
      }
      const std::size_t length = CharacterAt(bytes_, at_);
      if (length == 0) return false;
      text.append(bytes_.substr(at_, length));
      at_ += length;
    }
    return false;
  }

  bool Escape(std::string& text) {
    static constexpr std::string_view kSigns = "\"\\/bfnrt";
    static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    const char sign = Peek();
    ++at_;
    if (sign != 'u') {
      const std::size_t index = sign == '\0' ? std::string_view::npos : kSigns.find(sign);
      if (index == std::string_view::npos) return false;
      text.push_back(kMeant[index]);
      return true;
    }
    unsigned code = 0;
    if (!FourDigits(code) || (code >= 0xdc00 && code < 0xe000)) return false;
    if (code >= 0xd800 && code < 0xdc00) {
      unsigned second = 0;
      if (!TakeWord("\\u") || !FourDigits(second) || second < 0xdc00 || second >= 0xe000) return false;
      code = 0x10000 + ((code - 0xd800) << 10) + (second - 0xdc00);
    }
    AppendCharacter(text, code);
    return true;
  }

  bool FourDigits(unsigned& code) noexcept {
    for (int index = 0; index < 4; ++index, ++at_) {
      const char letter = Peek();
      const bool small = letter >= 'a' && letter <= 'f';
      const bool large = letter >= 'A' && letter <= 'F';
      if (!small && !large && !(letter >= '0' && letter <= '9')) return false;
      const int digit = small ? letter - 'a' + 10 : large ? letter - 'A' + 10 : letter - '0';
      code = code * 16 + static_cast<unsigned>(digit);
    }
    return true;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

const Json* Json::Find(std::string_view key) const noexcept {
  for (std::size_t index = 0; index < keys.size() && index < items.size(); ++index) {
    if (keys[index] == key) return &items[index];
  }
  return nullptr;
}

bool ParseStrictJson(std::string_view bytes, Json& value) {
  value = Json{};
  return Reader(bytes).Document(value);
}

std::size_t CountCharacters(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char letter : text) count += (static_cast<unsigned char>(letter) & 0xc0) != 0x80 ? 1 : 0;
  return count;
}

void AppendJsonText(std::string& out, std::string_view text) {
  out.push_back('"');
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = CharacterAt(text, at);
    const unsigned byte = static_cast<unsigned char>(text[at]);
    if (length == 0) {
      out.push_back('?');
    } else if (byte < 0x20) {
      char escaped[8];
      std::snprintf(escaped, sizeof escaped, "\\u%04x", byte);
      out.append(escaped);
    } else {
      if (byte == '"' || byte == '\\') out.push_back('\\');
      out.append(text.substr(at, length));
    }
    at += length == 0 ? 1 : length;
  }
  out.push_back('"');
}

bool AppendJsonNumber(std::string& out, double value) {
  if (!std::isfinite(value)) return false;
  char digits[40];
  std::snprintf(digits, sizeof digits, "%.17g", value);
  // In some languages the point is a comma.
  for (const char* letter = digits; *letter != '\0'; ++letter) {
    const bool known = (*letter >= '0' && *letter <= '9') || *letter == '-' || *letter == '+' || *letter == 'e' || *letter == '.';
    out.push_back(known ? *letter : '.');
  }
  return true;
}

}  // namespace experiment
}  // namespace v1
}  // namespace unfork
