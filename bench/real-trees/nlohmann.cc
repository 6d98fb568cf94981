// One flavor's side.
#include "flavor.h"
#include "nlohmann/json.hpp"

namespace lib = NAME(nlohmann);

extern "C" const char* NAME(version)() {
  static std::string text = lib::json::meta()["version"]["string"].get<std::string>() + " (writes " +
                            lib::json::parse(R"({"b": [1, 2.5, null], "a": "x"})").dump() + ")";
  return text.c_str();
}
