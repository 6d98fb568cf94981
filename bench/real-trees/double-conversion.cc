// One flavor's side. The library tells its version to its build system alone.
#include <string>

#include "double-conversion/double-conversion.h"
#include "flavor.h"

namespace lib = NAME(double_conversion);

extern "C" const char* NAME(version)() {
  char digits[64];
  lib::StringBuilder builder(digits, sizeof digits);
  lib::DoubleToStringConverter::EcmaScriptConverter().ToShortest(0.1 + 0.2, &builder);
  static std::string text = std::string(RELEASE) + " (writes " + builder.Finalize() + ")";
  return text.c_str();
}
