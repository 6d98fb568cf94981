// One flavor's side. The library tells its version to its build system alone.
#include "flavor.h"
#include "yaml-cpp/yaml.h"

namespace lib = NAME(YAML);

extern "C" const char* NAME(version)() {
  static std::string text = std::string(RELEASE) + " (writes " + lib::Dump(lib::Load("{a: [1, 2]}")["a"]) + ")";
  return text.c_str();
}
