// One flavor's side.
#include <string>

#include "flavor.h"
#include "pugixml.hpp"

extern "C" const char* NAME(version)() {
  NAME(pugi)::xml_document document;
  document.load_string("<a><b c='7'/></a>");
  static std::string text = "pugixml " + std::to_string(PUGIXML_VERSION) + " (counts " +
                            std::to_string(document.select_nodes("//b[@c > 6]").size()) + ")";
  return text.c_str();
}
