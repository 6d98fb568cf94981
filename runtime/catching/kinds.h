// Owns how values are made from a case's bytes, boundaries often, and how they are written as C++ literals.
#ifndef UNFORK_CATCHING_KINDS_H_
#define UNFORK_CATCHING_KINDS_H_

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "input.h"

namespace unfork_catch {

// Make(Input&) and Show(std::string&, const T&); those of a library's own types are generated.
template <class T, class = void>
struct Gen;

template <class T>
T MakeOne(Input& in) {
  return Gen<T>::Make(in);
}

template <class T>
void ShowOne(std::string& out, const T& value) {
  Gen<std::remove_cv_t<T>>::Show(out, value);
}

// Made, and written down where the call is described.
template <class T>
T Said(Input& in, T value) {
  if (in.describes()) Gen<T>::Show(in.said(), value);
  return value;
}

// 0, -1, 1, -2, 2, …: a smaller byte is a number nearer to zero.
inline int Signed(std::uint64_t raw) { return static_cast<int>(raw >> 1) ^ -static_cast<int>(raw & 1); }

template <class T>
T WholeBoundary(Input& in) {
  using Limits = std::numeric_limits<T>;
  const int bits = Limits::digits;
  T value = 1;
  switch (in.Pick(6)) {
    case 0: return Limits::max();
    case 1: return Limits::min();
    case 2: return static_cast<T>(Limits::max() - 1);
    case 3: return static_cast<T>(T{1} << in.Pick(bits));
    case 4: return static_cast<T>((T{1} << in.Pick(bits)) - 1);
    default:
      for (std::size_t left = in.Pick(Limits::digits10 + 1); left > 0; --left) value = static_cast<T>(value * 10);
      return value;
  }
}

template <>
struct Gen<bool> {
  static bool Make(Input& in) { return Said(in, in.Byte() % 2 == 1); }
  static void Show(std::string& out, bool value) { out += value ? "true" : "false"; }
};

template <class T>
struct Gen<T, std::enable_if_t<std::is_integral_v<T> && !std::is_same_v<T, bool>>> {
  static T Make(Input& in) { return Said(in, Any(in)); }
  static void Show(std::string& out, T value) { out += std::to_string(value); }

 private:
  static T Any(Input& in) {
    unsigned char way = in.Byte();
    const Words& words = WordsOfTheChange();
    if ((way >= 0xd0 || (way >= 0x50 && way < 0x90)) && in.StaysSmall()) way = 0;
    if (way < 0x50) return std::is_signed_v<T> ? static_cast<T>(Signed(in.Byte())) : static_cast<T>(in.Byte());
    if (way < 0x90) return WholeBoundary<T>(in);
    if (way < 0xd0 && words.whole_count > 0) {
      const long long word = words.whole[in.Pick(words.whole_count)];
      return static_cast<T>(static_cast<unsigned long long>(word) + in.Pick(3) - 1);
    }
    return static_cast<T>(in.Raw(sizeof(T)));
  }
};

template <class T>
struct Gen<T, std::enable_if_t<std::is_floating_point_v<T>>> {
  static T Make(Input& in) { return Said(in, Any(in)); }

  // The fewest digits, from six on, that are this number.
  static void Show(std::string& out, T value) {
    if (std::isnan(value)) return void(out += "NAN");
    if (std::isinf(value)) return void(out += value < 0 ? "-INFINITY" : "INFINITY");
    char text[64];
    for (int digits = 6; digits <= std::numeric_limits<T>::max_digits10; ++digits) {
      std::snprintf(text, sizeof text, "%.*g", digits, static_cast<double>(value));
      if (static_cast<T>(std::strtod(text, nullptr)) == value) break;
    }
    out += text;
    if (std::strpbrk(text, ".e") == nullptr) out += ".0";
    if (sizeof(T) == sizeof(float)) out += "f";
  }

 private:
  static T Any(Input& in) {
    const unsigned char way = in.Byte();
    const Words& words = WordsOfTheChange();
    if (way < 0x40) return static_cast<T>(Signed(in.Byte()));
    if (way < 0x60) return static_cast<T>(Signed(in.Byte())) / 2;
    if (way < 0x80) return static_cast<T>(Signed(in.Raw(2))) / 100;
    if (way < 0xa0) return Boundary(in);
    if (way < 0xd8 && words.parts_count > 0) return Near(static_cast<T>(words.parts[in.Pick(words.parts_count)]), in);
    T value = 0;
    const std::uint64_t raw = in.Raw(sizeof(T) < 8 ? sizeof(T) : 8);
    std::memcpy(&value, &raw, sizeof(T) < 8 ? sizeof(T) : 8);
    return value;
  }

  static T Near(T value, Input& in) {
    constexpr T far = std::numeric_limits<T>::infinity();
    const std::size_t way = in.Pick(4);
    return way == 1 ? std::nextafter(value, far) : way == 2 ? std::nextafter(value, -far) : way == 3 ? -value : value;
  }

  static T Boundary(Input& in) {
    using Limits = std::numeric_limits<T>;
    const T some[] = {Limits::max(), Limits::lowest(), Limits::min(), Limits::denorm_min(), Limits::epsilon(), Limits::infinity(),
                      -Limits::infinity(), Limits::quiet_NaN(), T(-0.0), T(0.5), T(1), T(-1), T(2147483648.0), T(9.3e18), T(32768), T(65536)};
    return Near(some[in.Pick(sizeof some / sizeof *some)], in);
  }
};

inline void ShowText(std::string& out, std::string_view text) {
  out += '"';
  for (const char each : text) {
    const unsigned char byte = static_cast<unsigned char>(each);
    char octal[8];
    if (each == '"' || each == '\\') (out += '\\') += each;
    else if (byte >= 0x20 && byte < 0x7f) out += each;
    else out.append(octal, static_cast<std::size_t>(std::snprintf(octal, sizeof octal, "\\%03o", byte)));
  }
  out += '"';
}

template <>
struct Gen<std::string> {
  static std::string Make(Input& in) {
    const unsigned char way = in.Byte();
    const std::size_t length = way < 0xe0 ? way % 8 : in.Byte();
    std::string text;
    for (std::size_t each = 0; each < length; ++each)
      text += static_cast<char>(way < 0xa0 ? ' ' + in.Byte() % 95 : in.Byte());
    return Said(in, std::move(text));
  }
  static void Show(std::string& out, const std::string& value) { ShowText(out, value); }
};

template <>
struct Gen<std::string_view> {
  static void Show(std::string& out, std::string_view value) { ShowText(out, value); }
};

template <>
struct Gen<const char*> {
  static void Show(std::string& out, const char* value) { value == nullptr ? void(out += "nullptr") : ShowText(out, value); }
};

template <class Range>
void ShowRange(std::string& out, const Range& range) {
  out += '{';
  bool is_first = true;
  for (const auto& each : range) {
    if (!is_first) out += ", ";
    is_first = false;
    ShowOne(out, each);
  }
  out += '}';
}

// Of vector<bool>, too.
template <class T>
struct Gen<std::vector<T>> {
  static std::vector<T> Make(Input& in) {
    const unsigned char way = in.Byte();
    const std::size_t size = way < 0xf0 ? way % 9 : in.Byte();
    in.Say("{");
    std::vector<T> made;
    for (std::size_t each = 0; each < size; ++each) {
      if (each > 0) in.Say(", ");
      made.push_back(MakeOne<T>(in));
    }
    in.Say("}");
    return made;
  }
  static void Show(std::string& out, const std::vector<T>& value) {
    out += '{';
    for (std::size_t each = 0; each < value.size(); ++each) {
      if (each > 0) out += ", ";
      Gen<T>::Show(out, value[each]);
    }
    out += '}';
  }
};

template <class T, std::size_t N>
struct Gen<std::array<T, N>> {
  static std::array<T, N> Make(Input& in) {
    std::array<T, N> made{};
    in.Say("{");
    for (std::size_t each = 0; each < N; ++each) {
      if (each > 0) in.Say(", ");
      made[each] = MakeOne<T>(in);
    }
    in.Say("}");
    return made;
  }
  static void Show(std::string& out, const std::array<T, N>& value) { ShowRange(out, value); }
};

template <class T>
struct Gen<std::optional<T>> {
  static std::optional<T> Make(Input& in) {
    if (in.Byte() % 2 == 1) return MakeOne<T>(in);
    in.Say("std::nullopt");
    return std::nullopt;
  }
  static void Show(std::string& out, const std::optional<T>& value) { value ? ShowOne(out, *value) : void(out += "std::nullopt"); }
};

// An element of a field that is an array.
template <class T, std::size_t N>
void MakeArray(Input& in, T (&made)[N]) {
  in.Say("{");
  for (std::size_t each = 0; each < N; ++each) {
    if (each > 0) in.Say(", ");
    if constexpr (std::is_array_v<T>) MakeArray(in, made[each]);
    else made[each] = MakeOne<std::remove_cv_t<T>>(in);
  }
  in.Say("}");
}

template <class T, std::size_t N>
void ShowArray(std::string& out, const T (&value)[N]) {
  out += '{';
  for (std::size_t each = 0; each < N; ++each) {
    if (each > 0) out += ", ";
    if constexpr (std::is_array_v<T>) ShowArray(out, value[each]);
    else ShowOne(out, value[each]);
  }
  out += '}';
}

}  // namespace unfork_catch

#endif  // UNFORK_CATCHING_KINDS_H_
