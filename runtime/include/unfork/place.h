// Owns a place in the source: which line called.
#ifndef UNFORK_PLACE_H_
#define UNFORK_PLACE_H_

#include "unfork/compiler.h"

namespace unfork {
inline namespace v1 {

/// A line of the program. The texts live as long as the program; `file` is null where the place is not known.
struct Place {
  const char* file = nullptr;
  int line = 0;
  const char* function = nullptr;
};

/// The caller's line. As a default argument it is the line of whoever calls the function that has it:
/// `void SetFlavor(Flavor flavor, unfork::Place where = unfork::Here());`
/// GCC, Clang from 9 on, Apple's Clang from 12 on, and Visual C++ from 19.26 on know the line.
constexpr Place Here(const char* file = __builtin_FILE(),
                     int line = __builtin_LINE(),
                     const char* function = __builtin_FUNCTION()) noexcept {
  return Place{file, line, function};
}

}  // namespace v1
}  // namespace unfork

#endif  // UNFORK_PLACE_H_
