// Owns the answer to a value that one flavor has and the other has not: an enumerator, a number out of range, a field.
#ifndef UNFORK_MISMATCH_H_
#define UNFORK_MISMATCH_H_

#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

#include "unfork/fail.h"

namespace unfork {
inline namespace v1 {

// What a conversion does with it: end the process with a message; take the nearest value; take the default.
enum class OnUnknown { kError, kClamp, kDefault };

// Ends the process: `value` of `type` does not exist in `flavor`.
[[noreturn]] inline void UnknownValue(const char* library, const char* flavor, const char* type, long long value) {
  Fail(library, "the value ", std::to_string(value).c_str(), " of ", type, " does not exist in flavor ", flavor,
       "; map it in the surface file (onUnknown), or do not use it there");
}

// Ends the process: what was called is not in this flavor.
[[noreturn]] inline void NotInFlavor(const char* library, const char* flavor, const char* name) {
  Fail(library, name, " does not exist in flavor ", flavor, "; do not call it there, or give it a body in the sibling file of that flavor");
}

// Ends the process: this flavor wants a value where the other may have none.
[[noreturn]] inline void NoValue(const char* library, const char* flavor) {
  Fail(library, "an argument without a value was given to flavor ", flavor, ", which has no optional there; give it a value");
}

// Ends the process: a field was set that this flavor has not.
[[noreturn]] inline void FieldNotInFlavor(const char* library, const char* flavor, const char* name) {
  Fail(library, name, " was set, but flavor ", flavor, " has no such field; set it for the other flavor only, or let the surface file say that it may be lost (onUnknownOf)");
}

template <class T, class = void>
struct HasEmpty : std::false_type {};
template <class T>
struct HasEmpty<T, std::void_t<decltype(std::declval<const T&>().empty())>> : std::true_type {};
template <class T, class = void>
struct HasHasValue : std::false_type {};
template <class T>
struct HasHasValue<T, std::void_t<decltype(std::declval<const T&>().has_value())>> : std::true_type {};

// Whether a field still has the value that it had before anybody set it. Of containers and optional values: whether there is anything in
// them. Structs are not looked into.
template <class T>
bool SameValue(const T& value, const T& unset) {
  if constexpr (std::is_arithmetic<T>::value || std::is_enum<T>::value || std::is_pointer<T>::value || std::is_same<T, std::string>::value)
    return value == unset;
  else if constexpr (HasEmpty<T>::value)
    return value.empty() || !unset.empty();
  else if constexpr (HasHasValue<T>::value)
    return value.has_value() == unset.has_value();
  else
    return true;
}

// An operation of a class that a flavor has not; `Tag` names all three.
template <class Tag, class Function>
struct Lacking;
template <class Tag, class Result, class... Parameters>
struct Lacking<Tag, Result (*)(Parameters...)> {
  static Result Call(Parameters...) { NotInFlavor(Tag::kLibrary, Tag::kFlavor, Tag::kName); }
};

// Whether a number has that bit, which is taken out of it.
inline bool TakeBit(unsigned long long& number, unsigned long long bit) {
  const bool has = (number & bit) != 0;
  number &= ~bit;
  return has;
}

// Ends the process: an object of one flavor came where another flavor's was wanted.
[[noreturn]] inline void WrongFlavor(const char* library, const char* type, const char* wanted, const char* got) {
  Fail(library, "an object of class ", type, " that belongs to flavor ", got, " was handed to flavor ", wanted);
}

// A number as another arithmetic type; ends the process when it does not fit.
template <class To, class From>
To CheckedNumber(From value) {
  static_assert(std::is_arithmetic<To>::value && std::is_arithmetic<From>::value, "numbers only");
  if constexpr (std::is_floating_point<From>::value && std::is_integral<To>::value && !std::is_same<To, bool>::value) {
    // What is left of the limits is exact; the highest number itself may be none of `From`.
    const bool fits = value >= static_cast<From>(std::numeric_limits<To>::min()) && value < std::ldexp(From{1}, std::numeric_limits<To>::digits) &&
                      static_cast<From>(static_cast<To>(value)) == value;
    if (!fits) Fail("shim", "the number ", std::to_string(value).c_str(), " is no whole number of the other side's type");
  }
  const To result = static_cast<To>(value);
  if constexpr (std::is_integral<To>::value && std::is_integral<From>::value) {
    const bool fits = static_cast<From>(result) == value && (value < From{}) == (result < To{});
    if (!fits) Fail("shim", "the number ", std::to_string(value).c_str(), " does not fit the type of the other side");
  }
  return result;
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_MISMATCH_H_
