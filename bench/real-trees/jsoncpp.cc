// One flavor's side.
#include <sstream>

#include "flavor.h"
#include "json/json.h"

namespace lib = NAME(Json);

extern "C" const char* NAME(version)() {
  lib::Value value;
  std::istringstream(R"({"b": [1, 2]})") >> value;
  static std::string text = std::string(JSONCPP_VERSION_STRING) + " (reads " + value["b"][1].asString() + ")";
  return text.c_str();
}
