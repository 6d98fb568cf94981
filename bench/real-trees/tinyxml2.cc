// One flavor's side.
#include <string>

#include "flavor.h"
#include "tinyxml2.h"

extern "C" const char* NAME(version)() {
  NAME(tinyxml2)::XMLDocument document;
  document.Parse("<a><b c='d'/></a>");
  static std::string text = std::to_string(TINYXML2_MAJOR_VERSION) + "." + std::to_string(TINYXML2_MINOR_VERSION) + "." +
                            std::to_string(TINYXML2_PATCH_VERSION) + " (reads " +
                            document.RootElement()->FirstChildElement()->Attribute("c") + ")";
  return text.c_str();
}
